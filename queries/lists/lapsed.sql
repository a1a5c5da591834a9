/*
title = "Lapsed"
says  = "Customers without a purchase within the lapse window, by value to date."
grain = "one row per customer"
sort  = ["-value", "customer_key"]

[columns]
customer_key    = { unit = "key", hidden = true }
customer_id     = { unit = "text", title = "customer" }
name            = { unit = "text" }
country         = { unit = "text" }
value           = { unit = "money" }
purchases       = { unit = "purchases" }
last_day        = { unit = "date", title = "last" }
days_since_last = { unit = "days", title = "silent" }
usual_gap_days  = { unit = "days", title = "usual gap" }
segment         = { unit = "text" }
email           = { unit = "text" }
phone           = { unit = "text" }
consent         = { unit = "text" }
*/
select
    customer_key, customer_id, name, country, value, purchases, last_day,
    days_since_last, usual_gap_days, segment, email, phone, consent
from customers
where status = 'lapsed'
  and customer_key in (from scope)
