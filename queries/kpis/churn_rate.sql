/*
title = "Churn"
says  = "Customers lost in the period ÷ customers active when it started."
grain = "one row"
more_is_better = false

[params]
day_before = "date"
last_day   = "date"

[columns]
value = { unit = "share", opens_as = "lost" }
low   = { unit = "share", says = "Lower end of Wilson's 95 % interval." }
high  = { unit = "share", says = "Upper end of Wilson's 95 % interval." }
n     = { unit = "customers", title = "active at the start", opens = "customer_key in (select customer_key from active_on($day_before, $window))" }
lost    = { unit = "customers", opens = "customer_key in (select customer_key from span_states($day_before, $last_day, $window) where state = 'lost')" }

[columns.why_null]
unit = "code"
[columns.why_null.sentences]
no_window    = "Less than 90 days of history: no lapse window yet."
unfinished   = "The period is not over yet."
too_early    = "The period starts less than one lapse window after the first order."
no_customers = "Nobody was active when the period started."
*/
select
    case when why_no_rate is null then lost / active_at_start end as value,
    case when why_no_rate is null then lost_interval.low end      as low,
    case when why_no_rate is null then lost_interval.high end     as high,
    case when why_no_rate is null then active_at_start end        as n,
    case when why_no_rate is null then lost end                   as lost,
    why_no_rate                                                   as why_null
from span_sums
where day_before = $day_before and last_day = $last_day
