/*
title = "90-day repeat"
says  = "Share of first-time buyers whose second purchase comes within 90 days, by Kaplan–Meier; those who joined lately are censored."
grain = "one row"
looks_back = "window"

[params]
day_before = "date"
last_day   = "date"

[columns]
value    = { unit = "share", opens_as = "n" }
low      = { unit = "share", says = "Lower end of the 95 % interval (Greenwood, log-log)." }
high     = { unit = "share", says = "Upper end of the 95 % interval." }
n        = { unit = "customers", title = "first-time buyers", opens = "first_day <= $last_day" }
why_null = { unit = "code", sentences = { too_early = "Nobody has been a customer for 90 days yet.", no_customers = "There are no customers here." } }
*/
with gaps_by_length as (
    select
        first_gap_days                          as days,
        count(case when second_seen then true end) as returned,
        count(*)                                as left_the_risk_set
    from standings
    join scope using (customer_key)
    where day_before = $day_before and last_day = $last_day
    group by days
),
at_risk_by_length as (
    select
        days,
        returned,
        sum(left_the_risk_set) over (order by days desc)::bigint as at_risk
    from gaps_by_length
),
at_ninety as (
    select
        max(at_risk)                                                        as customers,
        max(days)                                                           as longest,
        coalesce(1 - product(1 - returned / at_risk) filter (where days <= 90), 0) as share,
        coalesce(sum(returned / nullif(at_risk * (at_risk - returned), 0)) filter (where days <= 90), 0) as log_variance
    from at_risk_by_length
),
judged as (
    select
        *,
        case
            when coalesce(customers, 0) = 0 then 'no_customers'
            when longest < 90 and share < 1 then 'too_early'
        end as why_null
    from at_ninety
)
select
    case when why_null is null then share end                               as value,
    case when why_null is null then greenwood(share, log_variance).low end  as low,
    case when why_null is null then greenwood(share, log_variance).high end as high,
    coalesce(customers, 0)                                                  as n,
    why_null
from judged
