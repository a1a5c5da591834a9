/*
title = "Orders per customer"
says  = "Orders of the last 365 days ÷ customers who placed them."
grain = "one row"
looks_back = "year"

[params]
last_day = "date"

[columns]
value    = { unit = "ratio", opens_as = "n" }
low      = { unit = "ratio", says = "Lower end: mean − 1.96 standard errors over customers." }
high     = { unit = "ratio", says = "Upper end: mean + 1.96 standard errors." }
n        = { unit = "customers", title = "bought in the last 365 days", opens = "customer_key in (select customer_key from purchases where day > $last_day - 365 and day <= $last_day)" }
why_null = { unit = "code", sentences = { no_customers = "Nobody bought in the last 365 days." } }
*/
with summed as (
    select
        count(*)                              as customers,
        avg(orders)                           as mean,
        stddev_samp(orders) / sqrt(count(*))  as standard_error
    from year_by_customer($last_day)
)
select
    mean                                            as value,
    mean - 1.96 * standard_error                    as low,
    mean + 1.96 * standard_error                    as high,
    customers                                       as n,
    case when customers = 0 then 'no_customers' end as why_null
from summed
