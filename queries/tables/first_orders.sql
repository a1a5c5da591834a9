/*
title = "First orders"
says  = "Each customer's first order and its dearest line: how the customer came. Further columns are the export's own."
grain = "one row per customer"
kind  = "table"
needs = ["orders", "further_columns", "raw_lines"]

[columns]
customer_key   = { unit = "key", says = "The customer." }
first_product  = { unit = "text", says = "Product of the dearest line; empty without lines." }
first_category = { unit = "text", says = "Category of that line." }
first_discount = { unit = "text", says = "yes or no: discounted; empty where the export does not say." }
first_discount_share = { unit = "share", says = "Discount ÷ price before it." }
first_country  = { unit = "text", says = "Where it went." }
first_channel  = { unit = "text", says = "Through which channel it came." }
first_month    = { unit = "text", says = "Its month, such as 2024-11." }
first_weekday  = { unit = "text", says = "Its weekday." }
first_value    = { unit = "money", says = "What it was worth." }
first_size     = { unit = "text", says = "Beside all first orders: small, middle or large third." }
*/
create or replace table first_orders as
with firsts as (
    select *
    from orders
    qualify row_number() over (partition by customer_key order by ordered_at, order_key) = 1
),
dearest_lines as (
    select
        order_key,
        product,
        category,
        row_number() over (partition by order_key order by raw_lines.value desc nulls last, file_no, record) as rank
    from raw_lines
    semi join firsts using (order_key)
    where product is not null or category is not null
)
select
    customer_key,
    product                                            as first_product,
    category                                           as first_category,
    case
        when discount > 0 or discount_code is not null then 'yes'
        when discount = 0 then 'no'
    end                                                as first_discount,
    discount / nullif(gross + discount, 0)             as first_discount_share,
    country                                            as first_country,
    channel                                            as first_channel,
    strftime(day, '%Y-%m')                             as first_month,
    dayname(day)                                       as first_weekday,
    firsts.value                                       as first_value,
    case
        when firsts.value is null then null
        when cume_dist() over (order by firsts.value) <= 1 / 3 then 'small'
        when cume_dist() over (order by firsts.value) <= 2 / 3 then 'middle'
        else 'large'
    end                                                as first_size,
    further_columns.* exclude (order_key)
from firsts
join further_columns using (order_key)
left join dearest_lines on dearest_lines.order_key = firsts.order_key and rank = 1
