/*
title = "Period number"
says  = "Numbers months, quarters or years so that the next period's number is one more."
grain = "one value"
kind  = "macro"

[columns]
number = { unit = "count", says = "year × periods a year + period within the year." }
*/
create or replace macro period_number(day, grain) as
    case grain
        when 'month' then year(day) * 12 + month(day)
        when 'quarter' then year(day) * 4 + quarter(day)
        when 'year' then year(day)
    end
