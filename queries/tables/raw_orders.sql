/*
title = "Orders as read"
says  = "Every order found in the files, whether it counts or not. Further columns are the export's own."
grain = "one row per order"
kind  = "arriving"

[columns]
order_key     = { unit = "key", says = "Stands for the order in other tables, from 0 in order of first appearance." }
order_id      = { unit = "text", says = "The order's name in the export." }
customer_id   = { unit = "text", says = "The customer's identity after merging; empty for anonymous orders." }
email         = { unit = "text", says = "As on the order." }
phone         = { unit = "text", says = "As on the order." }
name          = { unit = "text", says = "As on the order." }
consent       = { unit = "text", says = "yes, no or empty: may be written to." }
ordered_at    = { unit = "timestamp", says = "When it was placed, by the export's clock." }
status        = { unit = "text", says = "paid, partially_refunded, refunded, cancelled, pending, test or unknown." }
gross         = { unit = "money", says = "What the customer paid, shipping and tax included, before refunds." }
discount      = { unit = "money", says = "What was taken off." }
shipping      = { unit = "money", says = "What was paid for shipping." }
tax           = { unit = "money", says = "Tax within what was paid." }
refund        = { unit = "money", says = "What the customer got back." }
currency      = { unit = "text", says = "ISO 4217." }
country       = { unit = "text", says = "As in the export." }
channel       = { unit = "text", says = "As in the export." }
discount_code = { unit = "text", says = "Codes used." }
tags          = { unit = "text", says = "As in the export, several in one cell." }
file_no       = { unit = "key", says = "The file of its first row." }
record        = { unit = "count", says = "Its first record in that file, from 1." }
row_count     = { unit = "rows", says = "Rows of the files that make this order." }
*/
from raw_orders
