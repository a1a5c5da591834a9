/*
title = "Customer keys"
says  = "A whole number for every customer identity seen on any order, eligible or not."
grain = "one row per customer identity"
kind  = "table"
needs = ["raw_orders"]

[columns]
customer_id  = { unit = "text", says = "The identity after merging: e-mail, else the platform's id, else phone." }
customer_key = { unit = "key", says = "Stands for the customer in every other table." }
*/
create or replace table customer_keys as
with identities as (
    select distinct customer_id
    from raw_orders
    where customer_id is not null
)
select
    customer_id,
    row_number() over (order by customer_id) as customer_key
from identities
