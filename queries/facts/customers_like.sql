/*
title = "Customers by name"
says  = "Customers, in scope or not, whose id, e-mail or name contains what is typed; those that begin with it first."
grain = "one row per customer"

[params]
typed = "text"
most  = "int"
*/
select customer_key, customer_id, email, name
from customers
where contains(lower(customer_id), lower($typed))
   or contains(lower(email), lower($typed))
   or contains(lower(name), lower($typed))
order by
    not (
        starts_with(lower(customer_id), lower($typed))
        or coalesce(starts_with(lower(email), lower($typed)), false)
        or coalesce(starts_with(lower(name), lower($typed)), false)
    ),
    value desc nulls last, customer_key
limit $most
