/*
title = "Has any tag"
says  = "Customers with a tag."
grain = "one row per customer who meets the condition"
*/
select customer_key
from customers
where customer_key in (select customer_key from customer_tags)
