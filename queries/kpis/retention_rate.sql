/*
title = "Retention (CRR)"
says  = "Customers kept through the period ÷ customers active when it started."
grain = "one row"

[params]
day_before = "date"
last_day   = "date"

[columns]
value = { unit = "share", opens_as = "retained" }
low   = { like = "kpis/churn_rate" }
high  = { like = "kpis/churn_rate" }
n     = { like = "kpis/churn_rate" }
retained = { unit = "customers", opens = "customer_key in (select customer_key from span_states($day_before, $last_day, $window) where state = 'retained')" }
why_null = { like = "kpis/churn_rate" }
*/
select
    case when why_no_rate is null then retained / active_at_start end as value,
    case when why_no_rate is null then retained_interval.low end      as low,
    case when why_no_rate is null then retained_interval.high end     as high,
    case when why_no_rate is null then active_at_start end            as n,
    case when why_no_rate is null then retained end                   as retained,
    why_no_rate                                                       as why_null
from span_sums
where day_before = $day_before and last_day = $last_day
