/*
title = "Customers of the filter"
says  = "Keeps by themselves what figures add up of the customers in scope: to find them among all others is dearer than to add them up."
grain = "one row per customer in scope"
*/
create or replace table customers_in_scope as
select
    customer_key, first_day, orders, purchases, value, clv_12m, value_at_stake, r, f, m,
    days_since_last, silence_one_in
from customer_facts
join scope using (customer_key)
