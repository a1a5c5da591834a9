/*
title = "Arrivals"
says  = "How everyone came: their first order, whether it was kept or given back, so that those whose only order was refunded or cancelled are among them. Of several orders on the first day, one that counts. Further columns are the export's own."
grain = "one row per person with an order that was paid, refunded or cancelled"
kind  = "table"
needs = ["judged_orders", "raw_lines", "further_columns"]

[columns]
customer_key     = { unit = "key", says = "Who came." }
order_key        = { unit = "key", says = "The first order." }
day              = { unit = "date", says = "Its day." }
first_order      = { unit = "text", says = "kept, or refunded or cancelled." }
first_country    = { unit = "text", says = "As on the first order." }
first_channel    = { unit = "text", says = "As on the first order." }
first_product    = { unit = "text", says = "Product of its dearest line." }
first_category   = { unit = "text", says = "Category of that line." }
first_discount   = { unit = "text", says = "yes or no: discounted; empty where the export does not say." }
first_code       = { unit = "text", says = "Discount code used." }
first_size       = { unit = "text", says = "What it cost beside all first orders: small, middle or large third." }
first_tags       = { unit = "text", says = "As on the first order." }
first_month      = { unit = "text", says = "Its month, such as 2024-11." }
first_weekday    = { unit = "text", says = "Its weekday." }
*/
create or replace table arrivals as
with firsts as (
    select *
    from judged_orders
    where customer_key is not null
      and (reason is null or reason in ('refunded', 'cancelled'))
    qualify row_number() over (
        partition by customer_key
        order by day, reason is not null, ordered_at, order_key
    ) = 1
),
dearest_lines as (
    select
        order_key,
        product,
        category,
        row_number() over (
            partition by order_key
            order by raw_lines.value desc nulls last, file_no, record
        ) as rank
    from raw_lines
    semi join firsts using (order_key)
    where product is not null or category is not null
)
select
    customer_key,
    firsts.order_key,
    day,
    case when reason is null then 'kept' else 'refunded or cancelled' end as first_order,
    country                                                               as first_country,
    channel                                                               as first_channel,
    product                                                               as first_product,
    category                                                              as first_category,
    case
        when discount > 0 or discount_code is not null then 'yes'
        when discount = 0 then 'no'
    end                                                                   as first_discount,
    discount_code                                                         as first_code,
    case
        when gross is null then null
        when cume_dist() over (order by gross) <= 1 / 3 then 'small'
        when cume_dist() over (order by gross) <= 2 / 3 then 'middle'
        else 'large'
    end                                                                   as first_size,
    tags                                                                  as first_tags,
    strftime(day, '%Y-%m')                                                as first_month,
    dayname(day)                                                          as first_weekday,
    further_columns.* exclude (order_key)
from firsts
join further_columns using (order_key)
left join dearest_lines on dearest_lines.order_key = firsts.order_key and rank = 1
order by customer_key
