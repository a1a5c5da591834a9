/*
title = "Orders to look at"
says  = "Orders that are counted in a way of their own, or that may be wrong, each with what was found; one order can stand here more than once."
grain = "one row per finding and order"
kind  = "view"
needs = ["orders", "orders_left_out", "exchanges", "raw_lines", "customer_keys"]

[columns]
finding      = { unit = "text", says = "exchange, anonymous, twin, identical_lines, far_too_large, refund_beyond or unlinked_credit." }
order_key    = { unit = "key", says = "The order." }
order_id     = { unit = "text", says = "The order's name in the export." }
customer_key = { unit = "key", says = "Who ordered; empty for anonymous orders." }
ordered_at   = { unit = "timestamp", says = "When it was placed, by the export's clock." }
value        = { unit = "money", says = "What it is worth under the value rule in force." }
gross        = { unit = "money", says = "What the export says was paid, before refunds." }
refund       = { unit = "money", says = "What was given back." }
row_count    = { unit = "rows", says = "Rows of the export that make this order." }
file_no      = { unit = "key", says = "The file it came from." }
record       = { unit = "count", says = "Its first record in that file." }
*/
create or replace view doubtful_orders as
with usual as (
    select median(value) as value
    from orders
    where value > 0
),
twins as (
    -- at midnight the export tells days only: two orders of a day are no sign of anything
    select order_key
    from orders
    where ordered_at <> day and value > 0
    qualify count(*) over (partition by customer_key, ordered_at, value) > 1
),
identical_lines as (
    select distinct order_key
    from raw_lines
    where coalesce(sku, product) is not null
    group by order_key, sku, product, quantity, value
    having count(*) > 1
),
findings as (
    select 'exchange' as finding, order_key from exchanges
    union all
    select 'twin', order_key from twins
    union all
    select 'identical_lines', order_key from identical_lines
    union all
    select 'far_too_large', order_key from orders, usual where orders.value > 100 * usual.value
    union all
    select 'refund_beyond', order_key from orders where refund > gross + 0.005
),
of_orders as (
    select
        finding, order_key, order_id, customer_key, ordered_at, orders.value, gross, refund,
        row_count, file_no, record
    from findings
    join orders using (order_key)
),
worth as (
    select customer_key, sum(value) as value
    from orders
    group by customer_key
),
credited as (
    -- a credit that names no order is taken off nothing: who got much so, is worth less than it seems
    select customer_key
    from orders_left_out
    left join worth using (customer_key)
    where reason = 'cancelled' and gross < 0
    group by customer_key, worth.value
    having -sum(gross) > 0.5 * coalesce(worth.value, 0)
),
of_orders_left_out as (
    select
        case
            when reason = 'anonymous' then 'anonymous'
            when reason = 'refunded' then 'refund_beyond'
            else 'unlinked_credit'
        end as finding,
        order_key, order_id, customer_key, ordered_at, value, gross, refund,
        row_count, file_no, record
    from orders_left_out
    where reason = 'anonymous'
       or (reason = 'refunded' and refund > gross + 0.005)
       or (reason = 'cancelled' and gross < 0 and customer_key in (select customer_key from credited))
)
from of_orders
union all
from of_orders_left_out
