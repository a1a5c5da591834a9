/*
title = "States in a span of days"
says  = "What became of every customer who was active the day before the span or bought inside it: day_before is d0, last_day is d1."
grain = "one row per customer"
kind  = "macro"
needs = ["active_on", "purchases", "bridge_state"]

[columns]
customer_key = { unit = "key", says = "The customer." }
state        = { unit = "text", says = "retained, lost, new, won_back, new_gone or back_gone." }
*/
create or replace macro span_states(day_before, last_day, w) as table
with signs_of_life as (
    select customer_key, true as at_start, false as at_end, false as first_inside
    from active_on(day_before, w)
    union all
    select customer_key, false, true, false
    from active_on(last_day, w)
    union all
    select customer_key, false, false, nth = 1
    from purchases
    where day > day_before and day <= last_day
)
select
    customer_key,
    bridge_state(bool_or(at_start), bool_or(at_end), bool_or(first_inside)) as state
from signs_of_life
group by customer_key
