/*
title = "Contains"
says  = "Customers whose field, or one of whose tags, contains the value, as text in any case."
grain = "one row per customer who meets the condition"

[params]
field = "text"
value = "text"
*/
select customer_key
from labels($field)
where contains(lower(label), lower($value))
