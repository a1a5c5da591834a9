/*
title = "Exchanges"
says  = "Orders that take the place of goods given back: within 30 days after an order of the same customer with a refund, and the export calls them an exchange (tag, code or channel), or they hold a product whose whole price was refunded. They belong to the purchase they mend and are no repeat."
grain = "one row per eligible order that is an exchange"
kind  = "table"
needs = ["orders", "raw_lines"]

[columns]
order_key           = { unit = "key", says = "The exchange." }
exchanged_order_key = { unit = "key", says = "The order of which something was given back: the latest that fits." }
shown_by            = { unit = "text", says = "said: by the export's own word; same_product: by what was given back and bought again." }
purchase_day        = { unit = "date", says = "The day of the purchase that it belongs to." }
*/
create or replace table exchanges as
with recursive given_back as (
    select order_key, customer_key, ordered_at, day, refund
    from orders
    where refund > 0
),
pairs as (
    select
        orders.order_key,
        orders.tags, orders.discount_code, orders.channel,
        given_back.order_key  as exchanged_order_key,
        given_back.ordered_at as exchanged_at,
        given_back.day        as exchanged_day,
        given_back.refund
    from orders
    join given_back
        on given_back.customer_key = orders.customer_key
        and orders.day > given_back.day
        and orders.day <= given_back.day + 30
),
said as (
    select order_key, exchanged_order_key, exchanged_at, exchanged_day, 'said' as shown_by
    from pairs
    where regexp_matches(
        lower(concat_ws(' ', tags, discount_code, channel)),
        '(^|[^a-z])(exchange|exchanged|exchanges|umtausch|échange|ruiling|ombytte|ombyte|cambio|sostituzione)($|[^a-z])'
    )
),
same_product as (
    select distinct
        pairs.order_key, exchanged_order_key, exchanged_at, exchanged_day, 'same_product' as shown_by
    from pairs
    join raw_lines as given_line on given_line.order_key = exchanged_order_key
    join raw_lines as new_line on new_line.order_key = pairs.order_key
    where given_line.value > 0
      and pairs.refund >= given_line.value - 0.005
      and (new_line.sku = given_line.sku or new_line.product = given_line.product)
),
found as (
    select *
    from (from said union all from same_product)
    qualify row_number() over (
        partition by order_key
        order by shown_by, exchanged_at desc, exchanged_order_key desc
    ) = 1
),
rooted as (
    select order_key, exchanged_order_key, shown_by, exchanged_day as purchase_day
    from found
    anti join found as exchanges_too on exchanges_too.order_key = found.exchanged_order_key
    union all
    select found.order_key, found.exchanged_order_key, found.shown_by, rooted.purchase_day
    from found
    join rooted on rooted.order_key = found.exchanged_order_key
)
select order_key, exchanged_order_key, shown_by, purchase_day
from rooted
order by order_key
