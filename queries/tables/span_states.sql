/*
title = "States in a span of days"
says  = "What became of every customer who was active the day before the span or bought inside it: day_before is d0, last_day is d1."
grain = "one row per customer"
kind  = "macro"
needs = ["purchases", "bridge_state"]

[columns]
customer_key = { unit = "key", says = "The customer." }
state        = { unit = "text", says = "retained, lost, new, won_back, new_gone or back_gone." }
*/
create or replace macro span_states(day_before, last_day, w) as table
with seen as (
    select
        customer_key,
        min(day)                                    as first_seen,
        max(day) filter (where day <= day_before)   as last_seen_before,
        max(day)                                    as last_seen
    from purchases
    where day <= last_day
    group by customer_key
),
judged as (
    select
        customer_key,
        coalesce(day_before - last_seen_before < w, false)  as active_at_start,
        last_day - last_seen < w                            as active_at_end,
        first_seen > day_before                             as first_bought_inside,
        last_seen > day_before                              as bought_inside
    from seen
)
select
    customer_key,
    bridge_state(active_at_start, active_at_end, first_bought_inside) as state
from judged
where active_at_start or bought_inside
