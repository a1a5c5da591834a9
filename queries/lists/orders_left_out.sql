/*
title = "Orders left out"
says  = "Orders that do not count, with the reason; a filter does not change what was loaded."
grain = "one row per order that is not eligible"
sort  = ["-ordered_at", "order_id"]

[columns]
order_id    = { unit = "text", title = "order" }
customer_id = { unit = "text", title = "customer" }
ordered_at  = { unit = "timestamp", title = "ordered" }
status      = { unit = "text" }
value       = { unit = "money" }
gross       = { unit = "money" }
refund      = { unit = "money" }
country     = { unit = "text" }
row_count   = { unit = "rows", title = "rows" }
record      = { unit = "count", title = "first record" }
file_no     = { unit = "key", hidden = true }
reason      = { like = "tables/excluded" }
*/
select
    reason, order_id, customer_id, ordered_at, status, value, gross, refund, country, row_count, record,
    file_no
from orders_left_out
