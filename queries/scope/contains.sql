/*
title = "Contains"
says  = "Keeps (or drops) customers whose field, or one of whose tags, contains the value, as text in any case."
grain = "the scope, narrowed"

[params]
field = "text"
value = "text"
keep  = "bool"
*/
create or replace table scope as
from scope
where (customer_key in (
    select customer_key
    from labels($field)
    where contains(lower(label), lower($value))
)) = $keep
