/*
title = "Lines"
says  = "What was in the eligible orders."
grain = "one row per line of an eligible order"
kind  = "view"
needs = ["raw_lines", "orders"]

[columns]
order_key    = { unit = "key", says = "The order." }
order_id     = { unit = "text", says = "The order's name in the export." }
customer_key = { unit = "key", says = "Who ordered." }
day          = { unit = "date", says = "The day it was ordered." }
sku          = { unit = "text", says = "As in the export." }
product      = { unit = "text", says = "As in the export." }
category     = { unit = "text", says = "As in the export." }
quantity     = { unit = "count", says = "Pieces." }
value        = { unit = "money", says = "The line's total." }
*/
create or replace view lines as
select
    order_key, orders.order_id, orders.customer_key, orders.day,
    raw_lines.sku, raw_lines.product, raw_lines.category, raw_lines.quantity, raw_lines.value
from raw_lines
join orders using (order_key)
