/*
title = "Is one of"
says  = "Customers with one of the values, as text in any case: in the field, or among the tags."
grain = "one row per customer who meets the condition"

[params]
field = "text"
values = "text[]"
*/
select customer_key
from labels($field)
where list_contains(list_transform($values::varchar[], lambda value: lower(value)), lower(label))
