/*
title = "Orders to look at"
says  = "Orders counted in a way of their own, or that may be wrong; a filter does not change what was loaded."
grain = "one row per finding and order"
sort  = ["-ordered_at", "order_id", "finding"]

[columns]
customer_key = { unit = "key", hidden = true }
file_no      = { unit = "key", hidden = true }
order_id     = { unit = "text", title = "order" }
customer_id  = { unit = "text", title = "customer" }
ordered_at   = { unit = "timestamp", title = "ordered" }
value        = { unit = "money" }
gross        = { unit = "money" }
refund       = { unit = "money" }
row_count    = { unit = "rows", title = "rows" }
record       = { unit = "count", title = "first record" }

[columns.finding]
unit = "code"
[columns.finding.sentences]
exchange        = "exchanges, no repeats"
anonymous       = "no customer named"
twin            = "perhaps the same order twice"
identical_lines = "the same line twice"
far_too_large   = "over 100 times the median order"
refund_beyond   = "more given back than paid"
unlinked_credit = "a credit that names no order; all are over half of what the customer is worth"
*/
select
    finding, doubtful_orders.customer_key, file_no, order_id, customer_id, ordered_at, value, gross, refund,
    row_count, record
from doubtful_orders
left join customer_keys using (customer_key)
