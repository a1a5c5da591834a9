/*
title = "Returning revenue"
says  = "Share of the last 365 days' value that comes from purchases which are not the customer's first."
grain = "one row"
looks_back = "year"
sample = "select returning_value as amount, value as base from year_by_customer($last_day) where value is not null"

[params]
last_day = "date"

[columns]
value    = { unit = "share", opens_as = "n" }
low      = { unit = "share", says = "Lower end of the 95 % interval over customers: bootstrap below 2,000, else the delta method." }
high     = { unit = "share", says = "Upper end of the 95 % interval." }
n        = { unit = "customers", title = "bought in the last 365 days", opens = "customer_key in (select customer_key from purchases where day > $last_day - 365 and day <= $last_day)" }
why_null = { unit = "code", sentences = { no_customers = "Nobody bought in the last 365 days.", no_money = "The export has no money column." } }
*/
with summed as (
    select
        count(*)                                         as customers,
        sum(returning_value) / nullif(sum(value), 0)     as share,
        ratio_error(
            count(*), sum(returning_value) / nullif(sum(value), 0), sum(value),
            var_samp(returning_value), covar_samp(returning_value, value), var_samp(value)
        )                                                as standard_error
    from year_by_customer($last_day)
)
select
    share                                                                               as value,
    case when standard_error is not null then greatest(0, share - 1.96 * standard_error) end as low,
    case when standard_error is not null then least(1, share + 1.96 * standard_error) end    as high,
    customers                                                                           as n,
    case
        when customers = 0 then 'no_customers'
        when share is null then 'no_money'
    end                                                                                 as why_null
from summed
