/*
title = "Orders left out"
says  = "Orders that do not count, each with the first reason that fits."
grain = "one row per order that is not eligible"
kind  = "view"
needs = ["judged_orders"]

[columns]
reason        = { unit = "text", says = "later, test, future, cancelled, unpaid, anonymous, refunded or zero." }
order_key     = { unit = "key", says = "Stands for the order in other tables." }
order_id      = { unit = "text", says = "The order's name in the export." }
customer_key  = { unit = "key", says = "Who ordered; empty for anonymous orders." }
customer_id   = { unit = "text", says = "The customer's identity; empty for anonymous orders." }
ordered_at    = { unit = "timestamp", says = "When it was placed, by the export's clock." }
day           = { unit = "date", says = "The day it was placed." }
value         = { unit = "money", says = "What it would be worth under the value rule in force." }
gross         = { unit = "money", says = "What the export says was paid, before refunds." }
refund        = { unit = "money", says = "What was given back." }
status        = { unit = "text", says = "The export's status in our words." }
country       = { unit = "text", says = "As in the export." }
channel       = { unit = "text", says = "As in the export." }
row_count     = { unit = "rows", says = "Rows of the export that make this order." }
file_no       = { unit = "key", says = "The file it came from." }
record        = { unit = "count", says = "Its first record in that file." }
*/
create or replace view orders_left_out as
select
    reason, order_key, order_id, customer_key, customer_id, ordered_at, day,
    value, gross, refund, status, country, channel, row_count, file_no, record
from judged_orders
where reason is not null
