/*
title = "Range of an attribute"
says  = "The least and the greatest value of one customer attribute among the customers in scope, and of how many it is known."
grain = "one row"

[params]
field = "text"
*/
with known as (
    select columns(lambda c: c = $field) as value
    from customers
    where customer_key in (from scope)
)
select min(value)::varchar as least, max(value)::varchar as most, count(value) as customers
from known
