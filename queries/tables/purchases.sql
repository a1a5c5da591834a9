/*
title = "Purchases"
says  = "All eligible orders of one customer on one day are one purchase; an exchange belongs to the purchase it mends."
grain = "one row per customer and day with an eligible order"
kind  = "table"
needs = ["orders", "exchanges"]

[columns]
customer_key = { unit = "key", says = "Who bought." }
day          = { unit = "date", says = "When." }
next_day     = { unit = "date", says = "The day of the customer's next purchase; empty for the last." }
gap_days     = { unit = "days", says = "Days since the customer's purchase before; empty for the first." }
nth          = { unit = "count", says = "1 for the customer's first purchase." }
customer_since = { unit = "date", says = "The day of the customer's first purchase." }
orders       = { unit = "orders", says = "Orders in this purchase." }
value        = { unit = "money", says = "What the purchase is worth." }
*/
create or replace table purchases as
with bought_on_a_day as (
    select
        customer_key,
        coalesce(exchanges.purchase_day, orders.day) as day,
        count(*)                                     as orders,
        sum(value)                                   as value
    from orders
    left join exchanges using (order_key)
    group by all
)
select
    customer_key,
    day,
    lead(day) over by_day       as next_day,
    day - lag(day) over by_day  as gap_days,
    row_number() over by_day    as nth,
    min(day) over by_customer   as customer_since,
    orders,
    value
from bought_on_a_day
window
    by_customer as (partition by customer_key),
    by_day as (partition by customer_key order by day)
order by customer_key, day
