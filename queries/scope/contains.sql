/*
title = "Contains"
says  = "Keeps (or drops) customers whose field, as text in any case, contains the value."
grain = "the scope, narrowed"

[params]
field = "text"
value = "text"
keep  = "bool"
*/
delete from scope
where (customer_key in (
    select customer_key
    from customers
    where contains(lower(columns(lambda c: c = $field)::varchar), lower($value))
)) <> $keep
