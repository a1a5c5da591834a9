/*
title = "Customers here"
says  = "What figures add up of the customers in scope."
grain = "one row per customer in scope"
kind  = "view"
needs = ["customers"]

[columns]
customer_key    = { like = "tables/customer_facts" }
first_day       = { like = "tables/customer_facts" }
orders          = { like = "tables/customer_facts" }
purchases       = { like = "tables/customer_facts" }
value           = { like = "tables/customer_facts" }
clv_12m         = { like = "tables/customer_facts" }
value_at_stake  = { like = "tables/customer_facts" }
r               = { like = "tables/customer_facts" }
f               = { like = "tables/customer_facts" }
m               = { like = "tables/customer_facts" }
days_since_last = { like = "tables/customer_facts" }
silence_one_in  = { like = "tables/customer_facts" }
status          = { like = "tables/customers" }
*/
create or replace view customers_here as
select
    customer_key, first_day, orders, purchases, value, clv_12m, value_at_stake, r, f, m,
    days_since_last, silence_one_in, status
from customers
