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

[columns.reason]
unit = "code"
[columns.reason.sentences]
blank      = "empty row"
unreadable = "no readable date, id or amount"
currency   = "in another currency than the one analysed"
duplicate  = "the same order in a newer file"
later      = "after the as-of date"
test       = "test order"
future     = "dated in the future"
cancelled  = "cancelled, voided, or a credit"
unpaid     = "not paid"
anonymous  = "no customer named"
refunded   = "wholly refunded"
zero       = "worth nothing"
*/
select file, record, reason, detail, order_id, customer_id, day, value, file_no
from excluded
