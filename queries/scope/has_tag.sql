/*
title = "Has a tag"
says  = "Customers one of whose tags is one of the values, in any case."
grain = "one row per customer who meets the condition"

[params]
values = "text[]"
*/
select customer_key
from customers
where customer_key in (
    select customer_key
    from customer_tags
    where list_contains(list_transform($values::varchar[], lambda value: lower(value)), lower(tag))
)
