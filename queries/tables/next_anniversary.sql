/*
title = "Next anniversary"
says  = "The first anniversary of a day that lies after day d; 29 February is kept on the 28th in other years."
grain = "one value"
kind  = "macro"

[columns]
day = { unit = "date", says = "The anniversary." }
*/
create or replace macro next_anniversary(first_day, d) as
    case
        when first_day + to_years(greatest(year(d) - year(first_day), 1)::integer) > d
        then (first_day + to_years(greatest(year(d) - year(first_day), 1)::integer))::date
        else (first_day + to_years((year(d) - year(first_day) + 1)::integer))::date
    end
