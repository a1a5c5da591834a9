/*
title = "Purchases of the filter"
says  = "Lets the purchases here be those of the customers in scope."
grain = "the purchases here"
*/
create or replace view purchases_here as
select purchases.*
from purchases
join scope using (customer_key)
