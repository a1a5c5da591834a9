/*
title = "Orders"
says  = "The eligible orders: paid at least in part, by a known customer, not in the future, worth more than zero."
grain = "one row per eligible order"
kind  = "table"
needs = ["judged_orders"]

[columns]
order_key     = { unit = "key", says = "Stands for the order in other tables." }
order_id      = { unit = "text", says = "The order's name in the export." }
customer_key  = { unit = "key", says = "Who ordered." }
ordered_at    = { unit = "timestamp", says = "When it was placed, by the export's clock." }
day           = { unit = "date", says = "The day it was placed." }
value         = { unit = "money", says = "What the order is worth under the value rule in force." }
gross         = { unit = "money", says = "What the customer paid, shipping and tax included, before refunds." }
discount      = { unit = "money", says = "What was taken off." }
shipping      = { unit = "money", says = "What was paid for shipping." }
tax           = { unit = "money", says = "Tax within what was paid." }
refund        = { unit = "money", says = "What the customer got back." }
status        = { unit = "text", says = "paid, partially_refunded or unknown." }
country       = { unit = "text", says = "As in the export." }
channel       = { unit = "text", says = "As in the export." }
discount_code = { unit = "text", says = "Codes used." }
tags          = { unit = "text", says = "As in the export." }
row_count     = { unit = "rows", says = "Rows of the export that make this order." }
file_no       = { unit = "key", says = "The file it came from." }
record        = { unit = "count", says = "Its first record in that file." }
*/
create or replace table orders as
select
    order_key, order_id, customer_key, ordered_at, day,
    value, gross, discount, shipping, tax, refund,
    status, country, channel, discount_code, tags,
    row_count, file_no, record
from judged_orders
where reason is null
order by customer_key, ordered_at, order_key
