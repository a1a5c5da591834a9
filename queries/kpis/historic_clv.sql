/*
title = "Value per customer"
says  = "Value to date per customer (historic CLV), with the mean's 95 % interval."
grain = "one row"
looks_back = "year"
sample = "select sum(value) as amount, 1 as base from purchases where day <= $last_day and customer_key in (from scope) group by customer_key having sum(value) is not null"

[params]
last_day = "date"

[columns]
value    = { unit = "money", opens_as = "n" }
low      = { unit = "money", says = "Lower end of the 95 % interval over customers: bootstrap below 2,000, else mean − 1.96 standard errors." }
high     = { unit = "money", says = "Upper end of the 95 % interval." }
n        = { unit = "customers", opens = "first_day <= $last_day" }
why_null = { unit = "code", sentences = { no_customers = "There are no customers here.", no_money = "The export has no money column." } }
*/
with spent as (
    select customer_key, sum(value) as value
    from purchases
    where day <= $last_day
      and customer_key in (from scope)
    group by customer_key
),
summed as (
    select
        count(*)                              as customers,
        avg(value)                            as mean,
        stddev_samp(value) / sqrt(count(value)) as standard_error
    from spent
)
select
    mean                          as value,
    mean - 1.96 * standard_error  as low,
    mean + 1.96 * standard_error  as high,
    customers                     as n,
    case
        when customers = 0 then 'no_customers'
        when mean is null then 'no_money'
    end                           as why_null
from summed
