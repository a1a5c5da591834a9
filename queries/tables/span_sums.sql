/*
title = "Sums of the strip"
says  = "What the rates of the strip say: the customers in scope, counted over each span, with the intervals of their shares."
grain = "one row per span of the strip"
kind  = "table"
needs = ["span_totals", "lapse_window", "why_no_rate", "wilson"]

[columns]
day_before        = { like = "tables/strip_spans" }
last_day          = { like = "tables/strip_spans" }
customers         = { like = "tables/span_totals" }
active_at_start   = { like = "tables/span_totals" }
why_no_rate       = { unit = "code", says = "Why there is no churn of the span: no_window, too_early, unfinished or no_customers." }
lost              = { unit = "customers", says = "Of those, not active on the last day." }
retained          = { like = "tables/span_totals" }
lost_interval     = { unit = "number", says = "Wilson's 95 % interval of lost ÷ active_at_start: low and high." }
retained_interval = { unit = "number", says = "The same of retained ÷ active_at_start." }
active            = { like = "tables/span_totals" }
at_risk           = { like = "tables/span_totals" }
value_at_risk     = { like = "tables/span_totals" }
at_risk_once      = { like = "tables/span_totals" }
value_lost        = { like = "tables/span_totals" }
lost_once         = { like = "tables/span_totals" }
newcomers         = { like = "tables/span_totals" }
no_second         = { like = "tables/span_totals" }
value_no_second   = { like = "tables/span_totals" }
no_second_once    = { like = "tables/span_totals" }
*/
create or replace table span_sums as
with divided as (
    select *, active_at_start - retained as lost
    from span_totals
)
select
    day_before,
    last_day,
    customers,
    active_at_start,
    why_no_rate(day_before, last_day, lapse_window.days, active_at_start) as why_no_rate,
    lost, retained,
    wilson(lost, active_at_start)     as lost_interval,
    wilson(retained, active_at_start) as retained_interval,
    active, at_risk,
    value_at_risk, at_risk_once,
    value_lost, lost_once,
    newcomers, no_second, value_no_second, no_second_once
from divided
cross join lapse_window
