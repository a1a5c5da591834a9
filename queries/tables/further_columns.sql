/*
title = "Further columns"
says  = "What the export says about an order beyond the fields that every shop has, under the export's own names."
grain = "one row per order"
kind  = "view"
needs = ["raw_orders"]

[columns]
order_key = { unit = "key", says = "The order." }
*/
create or replace view further_columns as
select * exclude (
    order_id, customer_id, email, phone, name, consent, ordered_at, status,
    gross, discount, shipping, tax, refund, currency, country, channel, discount_code, tags,
    file_no, record, row_count
)
from raw_orders
