/*
title = "More than"
says  = "Customers whose field is more than the value."
grain = "one row per customer who meets the condition"

[params]
field = "text"
value = "any"
*/
select customer_key
from customers
where columns(lambda c: c = $field) > $value
