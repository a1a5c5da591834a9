/*
title = "States in calendar periods"
says  = "What became of every customer in scope in each month, quarter or year, or in the owner's own period: of those active the day before it, and of those who bought inside it."
grain = "one row per customer and period"
kind  = "macro"
needs = ["periods", "stretches", "span_states", "bridge_state"]

[columns]
period_start = { unit = "date", says = "First day of the period." }
period_end   = { unit = "date", says = "Last day of the period." }
customer_key = { unit = "key", says = "The customer." }
state        = { unit = "text", says = "retained, lost, new, won_back, new_gone or back_gone." }
*/
create or replace macro period_states(grain, w) as table
with calendar as (
    select *, period_number(period_start, grain) as number
    from periods(grain)
),
signs_of_life as (
    select customer_key, unnest(range(first_end, end_after)) as number, false as at_start, true as at_end, false as first_inside
    from stretches(grain, w)
    union all
    select customer_key, unnest(range(first_end, end_after)) + 1, true, false, false
    from stretches(grain, w)
    union all
    select customer_key, first_end, false, false, nth = 1
    from stretches(grain, w)
),
states as (
    select
        number,
        customer_key,
        bridge_state(bool_or(at_start), bool_or(at_end), bool_or(first_inside)) as state
    from signs_of_life
    group by number, customer_key
)
select period_start, period_end, customer_key, state
from states
join calendar using (number)
union all
select period_start, period_end, customer_key, state
from periods(grain), lateral (from span_states(day_before, period_end, w))
where grain = 'own'
