/*
title = "States in calendar periods"
says  = "What became of every customer in each month, quarter or year: of those active the day before it, and of those who bought inside it."
grain = "one row per customer and period"
kind  = "macro"
needs = ["periods", "purchases", "bridge_state"]

[columns]
period_start = { unit = "date", says = "First day of the period." }
period_end   = { unit = "date", says = "Last day of the period." }
customer_key = { unit = "key", says = "The customer." }
state        = { unit = "text", says = "retained, lost, new, won_back, new_gone or back_gone." }
*/
create or replace macro period_states(grain, w) as table
with calendar as (
    from periods(grain)
),
lived as (
    select
        customer_key,
        nth,
        day,
        least(coalesce(next_day, date '9999-12-31'), day + w::integer) as until
    from purchases
),
signs_of_life as (
    select period_start, period_end, customer_key, true as at_start, false as at_end, false as first_inside
    from calendar
    join lived on day <= day_before and day_before < until
    union all
    select period_start, period_end, customer_key, false, true, false
    from calendar
    join lived on day <= period_end and period_end < until
    union all
    select period_start, period_end, customer_key, false, false, nth = 1
    from calendar
    join lived on day >= period_start and day <= period_end
)
select
    period_start,
    period_end,
    customer_key,
    bridge_state(bool_or(at_start), bool_or(at_end), bool_or(first_inside)) as state
from signs_of_life
group by period_start, period_end, customer_key
