/*
title = "Two spans up to a day, by customer"
says  = "What each customer in scope was worth in the span of so many days up to day d, and in the span before it."
grain = "one row per customer who bought"
kind  = "macro"
needs = ["purchases_here"]

[columns]
customer_key = { unit = "key", says = "The customer." }
base         = { unit = "money", says = "Their value in the first of the two spans." }
next         = { unit = "money", says = "Their value in the second." }
priced       = { unit = "purchases", says = "Their purchases of which the value is known." }
*/
create or replace macro two_spans_by_customer(d, span) as table
select
    customer_key,
    coalesce(sum(value) filter (where day <= d - span), 0) as base,
    coalesce(sum(value) filter (where day > d - span), 0)  as next,
    count(value)                                           as priced
from purchases_here
where day > d - 2 * span
  and day <= d
group by customer_key
