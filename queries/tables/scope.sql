/*
title = "Scope"
says  = "The customers that panels and lists are about: those that meet the filter, or everyone."
grain = "one row per customer in scope"
kind  = "table"
needs = ["customer_facts"]

[columns]
customer_key = { unit = "key", says = "The customer." }
*/
create or replace table scope as
select customer_key
from customer_facts
