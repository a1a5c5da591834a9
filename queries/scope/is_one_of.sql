/*
title = "Is one of"
says  = "Keeps (or drops) customers with one of the values, as text in any case: in the field, or among the tags."
grain = "the scope, narrowed"

[params]
field = "text"
values = "text[]"
keep  = "bool"
*/
create or replace table scope as
from scope
where (customer_key in (
    select customer_key
    from labels($field)
    where lower(label) in (select lower(unnest($values::varchar[])))
)) = $keep
