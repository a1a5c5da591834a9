/*
title = "After the first order"
says  = "When everyone who came bought for the next time and for the last."
grain = "one row per person with a first order"
kind  = "table"
needs = ["arrivals", "purchases", "shop"]

[columns]
customer_key = { unit = "key", says = "Who came." }
days_seen    = { unit = "days", says = "From the first order to the as-of date." }
days_to_next = { unit = "days", says = "From the first order to the first purchase on a later day; empty while there is none." }
days_silent  = { unit = "days", says = "From the last purchase to the as-of date; empty for those without an order that counts." }
*/
create or replace table afterwards as
select
    customer_key,
    any_value(as_of) - any_value(arrivals.day)                              as days_seen,
    min(case when purchases.day > arrivals.day then purchases.day end) - any_value(arrivals.day) as days_to_next,
    any_value(as_of) - max(purchases.day)                                   as days_silent
from arrivals
left join purchases using (customer_key)
cross join shop
group by customer_key
