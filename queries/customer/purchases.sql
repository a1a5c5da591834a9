/*
title = "Purchases"
says  = "The customer's purchases in order, with the gaps between them."
grain = "one row per day with an eligible order"

[params]
customer_key = "int"

[columns]
day      = { unit = "date" }
gap_days = { unit = "days", title = "gap" }
orders   = { unit = "orders" }
value    = { unit = "money" }
*/
select day, gap_days, orders, value
from purchases
where customer_key = $customer_key
order by day
