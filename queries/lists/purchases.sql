/*
title = "Purchases"
says  = "Purchases of the customers in scope, the latest first."
grain = "one row per customer and day with an eligible order"
sort  = ["-day", "-value", "customer_key"]

[columns]
customer_key = { unit = "key", hidden = true }
customer_id  = { unit = "text", title = "customer" }
name         = { unit = "text" }
country      = { unit = "text" }
day          = { unit = "date" }
nth          = { unit = "count", title = "purchase no." }
gap_days     = { unit = "days", title = "gap" }
orders       = { unit = "orders" }
value        = { unit = "money" }
*/
select
    customer_key, customer_id, name, country, purchases.day, purchases.nth, purchases.gap_days,
    purchases.orders, purchases.value
from purchases
join customers using (customer_key)
where customer_key in (from scope)
