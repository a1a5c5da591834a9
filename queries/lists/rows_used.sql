/*
title = "Rows used"
says  = "Rows of the files that make the eligible orders; a filter does not change what was loaded."
grain = "one row per row of a file"
sort  = ["file_no", "record"]

[columns]
file        = { unit = "text" }
record      = { unit = "count" }
order_id    = { unit = "text", title = "order" }
customer_id = { unit = "text", title = "customer" }
day         = { unit = "date" }
value       = { unit = "money", title = "order's value" }
file_no     = { unit = "key", hidden = true }
*/
select file, rows.record, order_id, customer_id, day, orders.value, rows.file_no
from rows_of('orders') as rows
join orders using (order_key)
join customer_keys using (customer_key)
join files on files.file_no = rows.file_no
