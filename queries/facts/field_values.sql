/*
title = "Values of an attribute"
says  = "The commonest values of one customer attribute among the customers in scope that contain what is typed."
grain = "one row per value"

[params]
field = "text"
typed = "text"
most  = "int"
*/
with known as (
    select label as value
    from labels($field)
    where customer_key in (from scope)
)
select value, count(*) as customers
from known
where contains(lower(value), lower($typed))
group by value
order by not starts_with(lower(value), lower($typed)), customers desc, value
limit $most
