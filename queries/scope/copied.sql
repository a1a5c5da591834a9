/*
title = "Copied"
says  = "The purchases of the customers in scope, apart: what follows a filter need not look for them again."
grain = "one row per customer in scope and day with an eligible order"
*/
create or replace table purchases_of_the_filter as
from purchases
where customer_key in (from scope)
