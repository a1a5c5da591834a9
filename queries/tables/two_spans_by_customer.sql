/*
title = "Two years up to a day, by customer"
says  = "What each customer in scope was worth in the 365 days up to day d, and in the 365 days before those."
grain = "one row per customer who bought"
kind  = "macro"
needs = ["purchases", "scope"]

[columns]
customer_key = { unit = "key", says = "The customer." }
base         = { unit = "money", says = "Their value in the first of the two years." }
next         = { unit = "money", says = "Their value in the second." }
priced       = { unit = "purchases", says = "Their purchases of which the value is known." }
*/
create or replace macro two_years_by_customer(d) as table
select
    customer_key,
    coalesce(sum(value) filter (where day <= d - 365), 0) as base,
    coalesce(sum(value) filter (where day > d - 365), 0)  as next,
    count(value)                                          as priced
from purchases
where day > d - 730
  and day <= d
  and customer_key in (from scope)
group by customer_key
