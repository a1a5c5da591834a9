/*
title = "The span before"
says  = "The day before the span that ends on d0, where that of (d0, d1] begins: one month, quarter or year earlier, or as many days as the owner's own span has."
grain = "one value"
kind  = "macro"

[columns]
day_before = { unit = "date", says = "d0 of the span before." }
*/
create or replace macro span_before(d0, d1, grain) as
    case grain
        when 'month' then (d0::date + 1 - interval 1 month)::date - 1
        when 'quarter' then (d0::date + 1 - interval 3 months)::date - 1
        when 'year' then (d0::date + 1 - interval 1 year)::date - 1
        else d0::date - (d1::date - d0::date)::integer
    end
