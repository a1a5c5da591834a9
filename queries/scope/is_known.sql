/*
title = "Is known"
says  = "Keeps (or drops) customers whose field is known."
grain = "the scope, narrowed"

[params]
field = "text"

keep  = "bool"
*/
delete from scope
where (customer_key in (
    select customer_key
    from customers
    where columns(lambda c: c = $field) is not null
)) <> $keep
