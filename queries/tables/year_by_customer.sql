/*
title = "The year up to a day, by customer"
says  = "What each customer in scope bought in the 365 days up to day d."
grain = "one row per customer who bought"
kind  = "macro"
needs = ["purchases", "scope"]

[columns]
customer_key    = { unit = "key", says = "The customer." }
orders          = { unit = "orders", says = "Their orders." }
value           = { unit = "money", says = "What these are worth." }
returning_value = { unit = "money", says = "Of that, from purchases that are not the customer's first." }
*/
create or replace macro year_by_customer(d) as table
select
    customer_key,
    sum(orders)                                                                           as orders,
    sum(value)                                                                            as value,
    case when sum(value) is not null then coalesce(sum(value) filter (where nth > 1), 0) end as returning_value
from purchases
where day > d - 365
  and day <= d
  and customer_key in (from scope)
group by customer_key
