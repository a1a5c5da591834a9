/*
title = "Values of an attribute"
says  = "Customers beside what each has of one attribute, as text: a row for each of their tags, one row of everything else."
grain = "one row per customer and value"
kind  = "macro"
extends = "customers"
needs = ["customers", "customer_tags"]

[columns]
label = { unit = "text", says = "The value; empty: not known." }
nth   = { unit = "number", says = "Which of the customer's values it is: 1 but for tags after the first." }
*/
create or replace macro labels(field) as table
select *, columns(lambda c: c = field)::varchar as label, 1 as nth
from customers
where field <> 'tags'
union all
select
    customers.*,
    tag as label,
    row_number() over (partition by customers.customer_key order by tag) as nth
from customers
left join customer_tags using (customer_key)
where field = 'tags'
