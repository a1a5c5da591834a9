/*
title = "Is known"
says  = "Keeps (or drops) customers whose field is known."
grain = "the scope, narrowed"

[params]
field = "text"

keep  = "bool"
*/
create or replace table scope as
from scope
where (customer_key in (
    select customer_key
    from labels($field)
    where label is not null
)) = $keep
