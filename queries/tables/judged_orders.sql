/*
title = "Orders, judged"
says  = "Every order of the export with its value and, where it does not count, the first reason that fits."
grain = "one row per order"
kind  = "view"
needs = ["raw_orders", "customer_keys", "choices"]

[columns]
order_key     = { unit = "key", says = "Stands for the order in other tables." }
order_id      = { unit = "text", says = "The order's name in the export." }
email         = { unit = "text", says = "As on the order." }
phone         = { unit = "text", says = "As on the order." }
name          = { unit = "text", says = "As on the order." }
consent       = { unit = "text", says = "yes, no or empty: may be written to." }
ordered_at    = { unit = "timestamp", says = "When it was placed, by the export's clock." }
status        = { unit = "text", says = "The export's status in our words." }
gross         = { unit = "money", says = "What the customer paid, shipping and tax included, before refunds." }
discount      = { unit = "money", says = "What was taken off." }
shipping      = { unit = "money", says = "What was paid for shipping." }
tax           = { unit = "money", says = "Tax within what was paid." }
refund        = { unit = "money", says = "What the customer got back." }
currency      = { unit = "text", says = "ISO 4217." }
country       = { unit = "text", says = "As in the export." }
channel       = { unit = "text", says = "As in the export." }
discount_code = { unit = "text", says = "Codes used." }
tags          = { unit = "text", says = "As in the export." }
file_no       = { unit = "key", says = "The file it came from." }
record        = { unit = "count", says = "Its first record in that file." }
row_count     = { unit = "rows", says = "Rows of the export that make this order." }
customer_key  = { unit = "key", says = "Who ordered; empty for anonymous orders." }
customer_id   = { unit = "text", says = "The customer's identity; empty for anonymous orders." }
day           = { unit = "date", says = "The day it was placed." }
paid_and_kept = { unit = "money", says = "What was paid and not given back." }
value         = { unit = "money", says = "What it is worth under the value rule in force." }
reason        = { unit = "text", says = "Why the order does not count; empty for an eligible order." }
*/
create or replace view judged_orders as
select
    raw_orders.* exclude (customer_id),
    customer_keys.customer_key,
    raw_orders.customer_id,
    raw_orders.ordered_at::date as day,
    gross - coalesce(refund, 0) as paid_and_kept,
    case choices.value_basis
        when 'goods'
        then paid_and_kept - least(coalesce(shipping, 0) + coalesce(tax, 0), greatest(paid_and_kept, 0))
        else paid_and_kept
    end as value,
    case
        when raw_orders.ordered_at::date > choices.chosen_as_of then 'later'
        when status = 'test' then 'test'
        when raw_orders.ordered_at::date > choices.latest_plausible_day then 'future'
        when status = 'cancelled' or gross < 0 then 'cancelled'
        when status = 'pending' then 'unpaid'
        when raw_orders.customer_id is null then 'anonymous'
        when status = 'refunded' or (gross > 0 and refund >= gross) then 'refunded'
        when gross = 0 and choices.zero_orders = 'exclude' then 'zero'
    end as reason
from raw_orders
cross join choices
left join customer_keys on customer_keys.customer_id = raw_orders.customer_id
