/*
title = "Contains"
says  = "Customers whose field contains the value, as text in any case."
grain = "one row per customer who meets the condition"

[params]
field = "text"
value = "text"
*/
select customer_key
from customers
where contains(lower(columns(lambda c: c = $field)::varchar), lower($value))
