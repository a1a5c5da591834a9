/*
title = "A year before"
says  = "The same end of day d's period one year earlier: the last day of a February stays one."
grain = "one value"
kind  = "macro"

[columns]
day = { unit = "date", says = "The day." }
*/
create or replace macro year_before(d) as
    (d::date + 1 - interval 1 year)::date - 1
