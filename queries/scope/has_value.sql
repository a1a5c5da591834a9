/*
title = "Has a value"
says  = "Keeps customers whose field, taken as it is, holds anything to compare."
grain = "the scope, narrowed"

[params]
field = "text"
*/
create or replace table scope as
from scope
where customer_key in (
    select customer_key
    from customers
    where columns(lambda c: c = $field) is not null
)
