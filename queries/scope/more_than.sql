/*
title = "More than"
says  = "Keeps (or drops) customers whose field is more than the value."
grain = "the scope, narrowed"

[params]
field = "text"
value = "any"
keep  = "bool"
*/
delete from scope
where (customer_key in (
    select customer_key
    from customers
    where columns(lambda c: c = $field) > $value
)) <> $keep
