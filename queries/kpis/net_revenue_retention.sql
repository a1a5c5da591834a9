/*
title = "Revenue kept (NRR)"
says  = "Value of the last 365 days from those who bought in the 365 days before ÷ their value then."
grain = "one row"
looks_back = "two_years"
sample = "select next as amount, base from two_spans_by_customer($last_day, 365) where base > 0"

[params]
last_day = "date"

[columns]
value    = { unit = "share", opens_as = "n" }
low      = { unit = "share", says = "Lower end of the 95 % interval over customers: bootstrap below 2,000, else the delta method." }
high     = { unit = "share", says = "Upper end of the 95 % interval." }
n        = { unit = "customers", title = "bought a year before", opens = "customer_key in (select customer_key from purchases where day > $last_day - 730 and day <= $last_day - 365 group by customer_key having sum(value) > 0)" }
why_null = { unit = "code", sentences = { too_early = "Less than two years of history.", no_customers = "Nobody bought in the year before.", no_money = "The export has no money column." } }
*/
with summed as (
    select
        count(*) filter (where base > 0)                       as customers,
        sum(next) filter (where base > 0) / sum(base)          as nrr,
        ratio_error(
            count(*) filter (where base > 0),
            sum(next) filter (where base > 0) / sum(base),
            sum(base),
            var_samp(next) filter (where base > 0),
            covar_samp(next, base) filter (where base > 0),
            var_samp(base) filter (where base > 0)
        )                                                      as standard_error,
        sum(priced) = 0                                        as no_money
    from two_spans_by_customer($last_day, 365)
),
judged as (
    select
        *,
        case
            when $last_day - 730 < (select first_day from shop) - 1 then 'too_early'
            when no_money then 'no_money'
            when customers = 0 then 'no_customers'
        end as why_null
    from summed
)
select
    case when why_null is null then nrr end                                                  as value,
    case when why_null is null then nrr - 1.96 * standard_error end                          as low,
    case when why_null is null then nrr + 1.96 * standard_error end                          as high,
    customers                                                                                as n,
    why_null
from judged
