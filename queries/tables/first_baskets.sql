/*
title = "First baskets"
says  = "The dearest line of each customer's first order."
grain = "one row per customer whose first order has lines"
kind  = "table"
needs = ["orders", "raw_lines"]

[columns]
customer_key   = { unit = "key", says = "The customer." }
first_product  = { unit = "text", says = "Product of that line." }
first_category = { unit = "text", says = "Category of that line." }
*/
create or replace table first_baskets as
with first_orders as (
    select order_key, customer_key
    from orders
    qualify row_number() over (partition by customer_key order by ordered_at, order_key) = 1
),
ranked_lines as (
    select
        customer_key,
        product,
        category,
        row_number() over (partition by customer_key order by raw_lines.value desc nulls last, record) as rank
    from raw_lines
    join first_orders using (order_key)
    where product is not null or category is not null
)
select customer_key, product as first_product, category as first_category
from ranked_lines
where rank = 1
