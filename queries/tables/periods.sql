/*
title = "Periods"
says  = "The calendar months, quarters or years that the shop's history touches; or, for the grain own, the owner's own period."
grain = "one row per period"
kind  = "macro"
needs = ["shop", "own_period"]

[columns]
period_start = { unit = "date", says = "First day of the period." }
period_end   = { unit = "date", says = "Last day of the period, d1." }
day_before   = { unit = "date", says = "The day before it starts, d0." }
*/
create or replace macro periods(grain) as table
with step as (
    select
        case grain
            when 'month' then interval 1 month
            when 'quarter' then interval 3 months
            when 'year' then interval 1 year
        end as length
),
starts as (
    select
        unnest(generate_series(
            date_trunc(case grain when 'own' then 'year' else grain end, first_day)::timestamp,
            as_of::timestamp,
            length
        )) as start,
        length
    from shop
    cross join step
)
select
    start::date                             as period_start,
    (start + length - interval 1 day)::date as period_end,
    (start - interval 1 day)::date          as day_before
from starts
union all
select day_before + 1, period_end, day_before
from own_period
where grain = 'own' and day_before is not null and period_end is not null
