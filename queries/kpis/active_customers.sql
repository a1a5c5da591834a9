/*
title = "Active"
says  = "Customers with a purchase within the lapse window before the as-of date."
grain = "one row"
looks_back = "window"

[params]
day_before = "date"
last_day = "date"
window   = "int"

[columns]
value = { unit = "customers", opens = "customer_key in (select customer_key from active_on($last_day, $window))" }
n     = { unit = "customers", says = "All customers with a purchase by that day." }
why_null = { unit = "code", sentences = { no_window = "Less than 90 days of history: no lapse window yet." } }
*/
select
    case when $window is not null then active end  as value,
    customers                                      as n,
    case when $window is null then 'no_window' end as why_null
from span_sums
where day_before = $day_before and last_day = $last_day
