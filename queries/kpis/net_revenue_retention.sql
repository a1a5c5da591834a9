/*
title = "Revenue kept (NRR)"
says  = "Value of the last 365 days from those who bought in the 365 days before ÷ their value then."
grain = "one row"
looks_back = "two_years"

[params]
last_day = "date"

[columns]
value    = { unit = "share", opens_as = "n" }
n        = { unit = "customers", title = "bought a year before", opens = "customer_key in (select customer_key from purchases where day > $last_day - 730 and day <= $last_day - 365 group by customer_key having sum(value) > 0)" }
why_null = { unit = "code", sentences = { too_early = "Less than two years of history.", no_customers = "Nobody bought in the year before.", no_money = "The export has no money column." } }
*/
with two_years as (
    select
        customer_key,
        coalesce(sum(value) filter (where day <= $last_day - 365), 0) as base,
        coalesce(sum(value) filter (where day > $last_day - 365), 0)  as next,
        count(value)                                                  as priced
    from purchases
    where day > $last_day - 730
      and day <= $last_day
      and customer_key in (from scope)
    group by customer_key
),
summed as (
    select
        count(*) filter (where base > 0)  as customers,
        sum(base) filter (where base > 0) as base,
        sum(next) filter (where base > 0) as next,
        sum(priced) = 0                   as no_money
    from two_years
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
    case when why_null is null then next / base end as value,
    customers                                       as n,
    why_null
from judged
