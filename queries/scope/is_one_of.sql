/*
title = "Is one of"
says  = "Customers whose field is one of the values, as text in any case."
grain = "one row per customer who meets the condition"

[params]
field = "text"
values = "text[]"
*/
select customer_key
from customers
where list_contains(
    list_transform($values::varchar[], lambda value: lower(value)),
    lower(columns(lambda c: c = $field)::varchar)
)
