/*
title = "States in a span of days"
says  = "What became of every customer in scope who was active the day before the span or bought inside it: day_before is d0, last_day is d1."
grain = "one row per customer"
kind  = "macro"
needs = ["purchases_here", "bridge_state"]

[columns]
customer_key = { unit = "key", says = "The customer." }
state        = { unit = "text", says = "retained, lost, new, won_back, new_gone or back_gone." }
*/
create or replace macro span_states(day_before, last_day, w) as table
with signs_of_life as (
    select customer_key, day, true as at_start, false as first_inside
    from purchases_here
    where day <= day_before
      and coalesce(next_day > day_before, true)
      and day_before - day < w
    union all
    select customer_key, day, false, nth = 1
    from purchases_here
    where day > day_before and day <= last_day
),
seen as (
    select
        customer_key,
        bool_or(at_start)       as active_at_start,
        bool_or(first_inside)   as first_bought_inside,
        max(day)                as last_seen
    from signs_of_life
    group by customer_key
)
select
    customer_key,
    bridge_state(active_at_start, last_day - last_seen < w, first_bought_inside) as state
from seen
