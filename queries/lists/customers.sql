/*
title = "Customers"
says  = "Customers in scope, the most valuable first."
grain = "one row per customer"
sort  = ["-value", "customer_key"]

[columns]
customer_key    = { unit = "key", hidden = true }
customer_id     = { unit = "text", title = "customer" }
name            = { unit = "text" }
country         = { unit = "text" }
status          = { unit = "code", sentences = { active = "active", at_risk = "at risk", lapsed = "lapsed" } }
segment         = { unit = "text" }
purchases       = { unit = "purchases" }
orders          = { unit = "orders" }
value           = { unit = "money" }
first_day       = { unit = "date", title = "first" }
last_day        = { unit = "date", title = "last" }
days_since_last = { unit = "days", title = "silent" }
usual_gap_days  = { unit = "days", title = "usual gap" }
silence_one_in  = { unit = "one in", title = "one in" }
p_no_order_90d  = { unit = "share", title = "no order in 90 d" }
clv_12m         = { unit = "money", title = "next 12 months" }
value_at_stake  = { unit = "money", title = "at stake" }
next_order_due  = { unit = "date", title = "due" }
r               = { unit = "score", title = "R" }
f               = { unit = "score", title = "F" }
m               = { unit = "score", title = "M" }
channel         = { unit = "text" }
first_product   = { unit = "text", title = "first product" }
first_category  = { unit = "text", title = "first category" }
email           = { unit = "text" }
phone           = { unit = "text" }
consent         = { unit = "text" }
*/
select
    customer_key, customer_id, name, country, status, segment, purchases, orders, value,
    first_day, last_day, days_since_last, usual_gap_days, silence_one_in,
    p_no_order_90d, clv_12m, value_at_stake, next_order_due, r, f, m, channel, first_product, first_category,
    email, phone, consent
from customers
where customer_key in (from scope)
