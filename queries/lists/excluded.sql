/*
title = "Rows not used"
says  = "Rows of the files that are not part of an eligible order; a filter does not change what was loaded."
grain = "one row per row of a file"
sort  = ["file_no", "record"]

[columns]
file        = { unit = "text" }
record      = { unit = "count" }
detail      = { unit = "text" }
order_id    = { unit = "text", title = "order" }
customer_id = { unit = "text", title = "customer" }
day         = { unit = "date" }
value       = { unit = "money", title = "order's value" }
file_no     = { unit = "key", hidden = true }
reason      = { like = "tables/excluded" }
*/
select file, record, reason, detail, order_id, customer_id, day, value, file_no
from excluded
