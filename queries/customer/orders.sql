/*
title = "Orders"
says  = "Every order of the customer, those that do not count with their reason."
grain = "one row per order"

[params]
customer_key = "int"

[columns]
order_id      = { unit = "text", title = "order" }
day           = { unit = "date" }
gap_days      = { unit = "days", title = "gap", says = "Days since the purchase before." }
value         = { unit = "money" }
refund        = { unit = "money" }
products      = { unit = "text" }
country       = { unit = "text" }
channel       = { unit = "text" }
reason        = { like = "tables/excluded", title = "left out", says = "Why it does not count." }
*/
with all_orders as (
    select order_key, order_id, ordered_at, day, value, refund, country, channel, null as reason
    from orders
    where customer_key = $customer_key
    union all
    select order_key, order_id, ordered_at, day, value, refund, country, channel, reason
    from orders_left_out
    where customer_key = $customer_key
),
baskets as (
    select order_key, string_agg(coalesce(product, sku), ', ' order by raw_lines.value desc nulls last) as products
    from raw_lines
    semi join all_orders using (order_key)
    group by order_key
),
gaps as (
    select day, gap_days
    from purchases
    where customer_key = $customer_key
)
select order_id, all_orders.day, gap_days, value, refund, products, country, channel, reason
from all_orders
left join baskets using (order_key)
left join gaps on gaps.day = all_orders.day and reason is null
order by ordered_at desc, order_key desc
