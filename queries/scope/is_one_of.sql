/*
title = "Is one of"
says  = "Keeps (or drops) customers whose field, as text in any case, is one of the values."
grain = "the scope, narrowed"

[params]
field = "text"
values = "text[]"
keep  = "bool"
*/
delete from scope
where (customer_key in (
    select customer_key
    from customers
    where lower(columns(lambda c: c = $field)::varchar) in (select lower(unnest($values::varchar[])))
)) <> $keep
