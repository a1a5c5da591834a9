/*
title = "The owner's own period"
says  = "One period (d0, d1] chosen by the owner; its dates are empty when none was chosen. Beside it the length of all other periods."
grain = "one row"
kind  = "table"

[params]
period      = "text"
period_from = "date"
period_to   = "date"

[columns]
grain      = { unit = "text", says = "month, quarter or year." }
day_before = { unit = "date", says = "d0, the day before the first day counted." }
period_end = { unit = "date", says = "d1, the last day counted." }
*/
create or replace table own_period as
select
    $period::varchar    as grain,
    $period_from::date as day_before,
    $period_to::date   as period_end
