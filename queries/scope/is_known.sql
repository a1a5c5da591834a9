/*
title = "Is known"
says  = "Customers whose field is known."
grain = "one row per customer who meets the condition"

[params]
field = "text"
*/
select customer_key
from labels($field)
where label is not null
