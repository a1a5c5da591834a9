/*
title = "At least"
says  = "Keeps (or drops) customers whose field is the value or more."
grain = "the scope, narrowed"

[params]
field = "text"
value = "any"
keep  = "bool"
*/
create or replace table scope as
from scope
where (customer_key in (
    select customer_key
    from customers
    where columns(lambda c: c = $field) >= $value
)) = $keep
