/*
title = "Has a tag with"
says  = "Customers one of whose tags contains the value, in any case."
grain = "one row per customer who meets the condition"

[params]
value = "text"
*/
select customer_key
from customers
where customer_key in (
    select customer_key
    from customer_tags
    where contains(lower(tag), lower($value))
)
