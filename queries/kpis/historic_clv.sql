/*
title = "Value per customer"
says  = "Value to date per customer (historic CLV), with the mean's 95 % interval."
grain = "one row"
looks_back = "year"
sample = "select value as amount, 1 as base from standings where day_before = $day_before and last_day = $last_day and value is not null and customer_key in (from scope)"

[params]
day_before = "date"
last_day = "date"

[columns]
value    = { unit = "money", opens_as = "n" }
low      = { unit = "money", says = "Lower end of the 95 % interval over customers: bootstrap below 2,000, else mean − 1.96 standard errors." }
high     = { unit = "money", says = "Upper end of the 95 % interval." }
n        = { unit = "customers", opens = "first_day <= $last_day" }
why_null = { unit = "code", sentences = { no_customers = "There are no customers here.", no_money = "The export has no money column." } }
*/
with spent as (
    from span_spending
    where day_before = $day_before and last_day = $last_day
)
select
    value_mean                      as value,
    value_mean - 1.96 * value_error as low,
    value_mean + 1.96 * value_error as high,
    customers                       as n,
    case
        when customers = 0 then 'no_customers'
        when value_mean is null then 'no_money'
    end                             as why_null
from span_sums
left join spent using (day_before, last_day)
where day_before = $day_before and last_day = $last_day
