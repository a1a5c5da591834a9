/*
title = "Is one of these numbers or days"
says  = "Customers whose field equals one of the values."
grain = "one row per customer who meets the condition"

[params]
field = "text"
values = "any[]"
*/
select customer_key
from customers
where columns(lambda c: c = $field) in (select unnest($values))
