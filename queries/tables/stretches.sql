/*
title = "Stretches of activity"
says  = "Each purchase of those in scope with the calendar periods at whose ends it is the purchase that keeps its customer active under window w: from the period numbered first_end up to, not with, the one numbered end_after."
grain = "one row per customer and day with an eligible order"
kind  = "macro"
needs = ["purchases_here", "period_number"]

[columns]
customer_key = { unit = "key", says = "The customer." }
day          = { unit = "date", says = "The day of the purchase." }
nth          = { unit = "count", says = "1 for the customer's first purchase." }
first_ever   = { unit = "count", says = "Number of the period of the customer's first purchase." }
first_end    = { unit = "count", says = "Number of the period it lies in, the first at whose end it could count." }
end_after    = { unit = "count", says = "Number of the first period at whose end it no longer does." }
*/
create or replace macro stretches(grain, w) as table
select
    customer_key,
    day,
    nth,
    period_number(customer_since, grain) as first_ever,
    period_number(day, grain) as first_end,
    period_number(least(coalesce(next_day, date '9999-12-31'), day + w::integer), grain) as end_after
from purchases_here
