/*
title = "The same span under other windows"
says  = "Churn and retention of the span that ends on the as-of date, had a customer counted as lapsed sooner or later."
grain = "one row per lapse window"

[params]
day_before = "date"
last_day   = "date"
window     = "int"

[columns.window_days]
unit  = "days"
title = "window"
says  = "The lapse window."
[columns.in_force]
unit  = "yes or no"
title = "in force"
says  = "The window that the rest of the cockpit uses."
[columns.customers_start]
unit  = "customers"
title = "start"
says  = "Active the day before the span."
opens = "customer_key in (select customer_key from active_on($day_before, $row_window_days))"
[columns.lost]
unit  = "customers"
says  = "Of those, not active on its last day."
opens = "customer_key in (select customer_key from span_states($day_before, $last_day, $row_window_days) where state = 'lost')"
[columns.churn_rate]
unit     = "share"
title    = "churn"
says     = "Lost ÷ start."
opens_as = "lost"
[columns.churn_low]
unit = "share"
says = "Lower end of Wilson's 95 % interval."
[columns.churn_high]
unit = "share"
says = "Upper end of Wilson's 95 % interval."
[columns.retention_rate]
unit     = "share"
title    = "CRR"
says     = "1 − churn."
opens_as = "retained"
[columns.retained]
unit  = "customers"
says  = "Active the day before and on the last day."
opens = "customer_key in (select customer_key from span_states($day_before, $last_day, $row_window_days) where state = 'retained')"
[columns.why_null]
unit  = "code"
title = "note"
[columns.why_null.sentences]
no_window    = "no lapse window yet"
unfinished   = "the span is not over yet"
too_early    = "the history is too short for this window"
no_customers = "nobody was active when the span started"
*/
with windows as (
    select unnest([60, 90, 180, 365]) as window_days
    union
    select $window::integer where $window is not null
),
silent as (
    select silent_at_start, silent_at_end, count(*) as customers
    from standings
    join scope using (customer_key)
    where day_before = $day_before and last_day = $last_day
      and silent_at_start is not null
    group by all
),
counted as (
    select
        window_days,
        sum(customers)::bigint                                                               as customers_start,
        coalesce(sum(customers) filter (where silent_at_end >= window_days), 0)::bigint      as lost,
        coalesce(sum(customers) filter (where silent_at_end < window_days), 0)::bigint       as retained
    from windows
    join silent on silent_at_start < window_days
    group by window_days
),
judged as (
    select
        window_days,
        customers_start,
        lost,
        retained,
        why_no_rate($day_before, $last_day, window_days, customers_start) as why_null
    from windows
    left join counted using (window_days)
)
select
    window_days,
    coalesce(window_days = $window, false)                                 as in_force,
    case when why_null is null then customers_start end                    as customers_start,
    case when why_null is null then lost end                               as lost,
    case when why_null is null then retained end                           as retained,
    case when why_null is null then lost / customers_start end             as churn_rate,
    case when why_null is null then wilson_low(lost, customers_start) end  as churn_low,
    case when why_null is null then wilson_high(lost, customers_start) end as churn_high,
    case when why_null is null then retained / customers_start end         as retention_rate,
    why_null
from judged
order by window_days
