/*
title = "More than"
says  = "Keeps (or drops) customers whose field is more than the value."
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
    where columns(lambda c: c = $field) > $value
)) = $keep
