/*
title = "Average order"
says  = "Value of the last 365 days ÷ its orders."
grain = "one row"
looks_back = "year"
sample = "select value as amount, orders as base from year_by_customer($last_day) where value is not null"

[params]
last_day = "date"

[columns]
value    = { unit = "money", opens_as = "n" }
low      = { unit = "money", says = "Lower end of the 95 % interval over customers: bootstrap below 2,000, else the delta method." }
high     = { unit = "money", says = "Upper end of the 95 % interval." }
n        = { unit = "customers", title = "bought in the last 365 days", opens = "customer_key in (select customer_key from purchases where day > $last_day - 365 and day <= $last_day)" }
why_null = { unit = "code", sentences = { no_customers = "Nobody bought in the last 365 days.", no_money = "The export has no money column." } }
*/
with summed as (
    select
        count(*)                                                                             as customers,
        sum(value) / nullif(sum(orders), 0)                                                  as average,
        ratio_error(
            count(*), sum(value) / nullif(sum(orders), 0), sum(orders),
            var_samp(value), covar_samp(value, orders), var_samp(orders)
        )                                                                                    as standard_error
    from year_by_customer($last_day)
)
select
    average                         as value,
    average - 1.96 * standard_error as low,
    average + 1.96 * standard_error as high,
    customers                       as n,
    case
        when customers = 0 then 'no_customers'
        when average is null then 'no_money'
    end                             as why_null
from summed
