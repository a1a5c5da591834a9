/*
title = "Customers"
says  = "Everyone with a purchase by the as-of date."
grain = "one row"

[params]
day_before = "date"
last_day = "date"

[columns]
value = { unit = "customers", opens = "first_day <= $last_day" }
n     = { unit = "customers" }
*/
select
    customers as value,
    customers as n
from span_sums
where day_before = $day_before and last_day = $last_day
