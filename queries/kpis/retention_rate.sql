/*
title = "Retention (CRR)"
says  = "Customers kept through the period ÷ customers active when it started."
grain = "one row"

[params]
day_before = "date"
last_day   = "date"
window     = "int"

[columns]
value = { unit = "share", opens_as = "retained" }
low   = { like = "kpis/churn_rate" }
high  = { like = "kpis/churn_rate" }
n     = { like = "kpis/churn_rate" }
retained = { unit = "customers", opens = "customer_key in (select customer_key from span_states($day_before, $last_day, $window) where state = 'retained')" }
why_null = { like = "kpis/churn_rate" }
*/
select
    retained / customers_start             as value,
    wilson(retained, customers_start).low  as low,
    wilson(retained, customers_start).high as high,
    customers_start                        as n,
    retained,
    why_null
from span_counts($day_before, $last_day, $window)
