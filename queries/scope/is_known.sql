/*
title = "Is known"
says  = "Customers whose field is known."
grain = "one row per customer who meets the condition"

[params]
field = "text"
*/
select customer_key
from customers
where columns(lambda c: c = $field) is not null
