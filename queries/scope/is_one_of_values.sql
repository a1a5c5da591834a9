/*
title = "Is one of these numbers or days"
says  = "Keeps (or drops) customers whose field equals one of the values."
grain = "the scope, narrowed"

[params]
field = "text"
values = "any[]"
keep  = "bool"
*/
create or replace table scope as
from scope
where (customer_key in (
    select customer_key
    from customers
    where columns(lambda c: c = $field) in (select unnest($values))
)) = $keep
