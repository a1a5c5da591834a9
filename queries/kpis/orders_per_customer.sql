/*
title = "Orders per customer"
says  = "Orders of the last 365 days ÷ customers who placed them."
grain = "one row"
looks_back = "year"

[params]
day_before = "date"
last_day = "date"

[columns]
value    = { unit = "ratio", opens_as = "n" }
low      = { unit = "ratio", says = "Lower end: mean − 1.96 standard errors over customers." }
high     = { unit = "ratio", says = "Upper end: mean + 1.96 standard errors." }
n        = { unit = "customers", title = "bought in the last 365 days", opens = "customer_key in (select customer_key from purchases where day > $last_day - 365 and day <= $last_day)" }
why_null = { unit = "code", sentences = { no_customers = "Nobody bought in the last 365 days." } }
*/
with spent as (
    from span_spending
    where day_before = $day_before and last_day = $last_day
)
select
    orders_mean                                          as value,
    orders_mean - 1.96 * orders_error                    as low,
    orders_mean + 1.96 * orders_error                    as high,
    coalesce(bought_in_year, 0)                          as n,
    case when n = 0 then 'no_customers' end              as why_null
from strip_spans
left join spent using (day_before, last_day)
where day_before = $day_before and last_day = $last_day
