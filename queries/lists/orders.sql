/*
title = "Orders"
says  = "The eligible orders of all customers, the latest first; a filter does not change what was loaded."
grain = "one row per eligible order"
sort  = ["-ordered_at", "order_id"]

[columns]
customer_key  = { unit = "key", hidden = true }
file_no       = { unit = "key", hidden = true }
order_id      = { unit = "text", title = "order" }
customer_id   = { unit = "text", title = "customer" }
ordered_at    = { unit = "timestamp", title = "ordered" }
status        = { unit = "text" }
value         = { unit = "money" }
refund        = { unit = "money" }
country       = { unit = "text" }
channel       = { unit = "text" }
discount_code = { unit = "text", title = "code" }
row_count     = { unit = "rows", title = "rows" }
record        = { unit = "count", title = "first record" }
*/
select
    orders.customer_key, orders.file_no, order_id, customer_id, ordered_at, orders.status, orders.value, refund,
    orders.country, orders.channel, discount_code, row_count, record
from orders
join customer_keys using (customer_key)
