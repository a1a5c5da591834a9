/*
title = "At most"
says  = "Customers whose field is the value or less; whose field is not known are none of them."
grain = "one row per customer who meets the condition"

[params]
field = "text"
value = "any"
*/
select customer_key
from customers
where columns(lambda c: c = $field) <= $value
