/*
title = "Customers"
says  = "Everyone with a purchase by the as-of date."
grain = "one row"

[params]
last_day = "date"

[columns]
value = { unit = "customers", opens = "first_day <= $last_day" }
n     = { unit = "customers" }
*/
select
    count(*)            as value,
    count(*)            as n
from customers
where customer_key in (from scope)
  and first_day <= $last_day
