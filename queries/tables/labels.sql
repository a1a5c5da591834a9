/*
title = "Values of an attribute"
says  = "What each customer has of one attribute, as text: a row for each of their tags, one row of everything else."
grain = "one row per customer and value"
kind  = "macro"
needs = ["customers", "customer_tags"]

[columns]
customer_key = { unit = "key", says = "The customer." }
label        = { unit = "text", says = "The value; empty: not known." }
*/
create or replace macro labels(field) as table
select customer_key, columns(lambda c: c = field)::varchar as label
from customers
where field <> 'tags'
union all
select customer_key, tag as label
from customers
left join customer_tags using (customer_key)
where field = 'tags'
