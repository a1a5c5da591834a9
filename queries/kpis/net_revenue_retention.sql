/*
title = "Revenue kept (NRR)"
says  = "Value of the last 365 days from those who bought in the 365 days before ÷ their value then."
grain = "one row"
looks_back = "two_years"
sample = "select coalesce(value_in_year, 0) as amount, value_year_before as base from standings where day_before = $day_before and last_day = $last_day and value_year_before > 0 and customer_key in (from scope)"

[params]
day_before = "date"
last_day = "date"

[columns]
value    = { unit = "share", opens_as = "n" }
low      = { unit = "share", says = "Lower end of the 95 % interval over customers: bootstrap below 2,000, else the delta method." }
high     = { unit = "share", says = "Upper end of the 95 % interval." }
n        = { unit = "customers", title = "bought a year before", opens = "customer_key in (select customer_key from purchases where day > $last_day - 730 and day <= $last_day - 365 group by customer_key having sum(value) > 0)" }
why_null = { unit = "code", sentences = { too_early = "Less than two years of history.", no_customers = "Nobody bought in the year before.", no_money = "The export has no money column." } }
*/
with spent as (
    from span_spending
    where day_before = $day_before and last_day = $last_day
),
judged as (
    select
        *,
        coalesce(bought_year_before, 0) as bought_before,
        case
            when last_day - 730 < (select first_day from shop) - 1 then 'too_early'
            when not priced then 'no_money'
            when bought_before = 0 then 'no_customers'
        end as why_null
    from strip_spans
    left join spent using (day_before, last_day)
    where day_before = $day_before and last_day = $last_day
)
select
    case when why_null is null then revenue_kept end                             as value,
    case when why_null is null then revenue_kept - 1.96 * revenue_kept_error end as low,
    case when why_null is null then revenue_kept + 1.96 * revenue_kept_error end as high,
    bought_before                                                                as n,
    why_null
from judged
