/*
title = "From one purchase to the next"
says  = "Of those with so many purchases, how many made the next, and how long it took."
grain = "one row per number of purchases"
chart = { kind = "bars", x = "nth", y = ["share_next"] }

[params]
as_of = "date"

[columns.nth]
unit  = "count"
title = "purchase"
says  = "Number of the purchase."
[columns.customers]
unit  = "customers"
title = "made it"
says  = "Customers with at least so many purchases."
opens = "purchases >= $row_nth"
[columns.made_next]
unit  = "customers"
title = "made the next"
says  = "Of those, with at least one more."
opens = "purchases > $row_nth"
[columns.raw_share]
unit     = "share"
title    = "so far"
says     = "Made the next ÷ made it; still growing, since the latest have had little time."
opens_as = "made_next"
[columns.share_next]
unit     = "share"
title    = "within a year"
says     = "Share that makes the next within 365 days by Kaplan–Meier, or within the days for which 30 of them have been seen; not known for fewer."
opens_as = "customers"
[columns.low]
unit = "share"
says = "Lower end of the 95 % interval (Greenwood, log-log)."
[columns.high]
unit = "share"
says = "Upper end of the 95 % interval."
[columns.median_days]
unit     = "days"
title    = "usually after"
says     = "Median days to the next purchase among those who made it."
opens_as = "made_next"
*/
with steps as (
    select unnest(range(1, 11)) as step
),
made as (
    select
        nth,
        count(*)                                          as customers,
        count(next_day)                                   as made_next,
        median(next_day - day)                            as median_days
    from purchases_here
    where nth <= 10
    group by nth
),
horizons as (
    select nth, least(365, $as_of - day) as horizon
    from purchases_here
    where nth <= 10
    qualify row_number() over (partition by nth order by day) = 30
),
curves as (
    select
        nth,
        coalesce(max(share_returned) filter (where days <= horizon), 0) as share_next,
        coalesce(max(log_variance) filter (where days <= horizon), 0)   as log_variance
    from horizons
    join steps on step = nth, lateral (from return_curve($as_of, step, step, 'scope'))
    group by nth
)
select
    nth,
    customers,
    made_next,
    made_next / customers                    as raw_share,
    share_next,
    greenwood(share_next, log_variance).low  as low,
    greenwood(share_next, log_variance).high as high,
    median_days
from made
left join curves using (nth)
order by nth
