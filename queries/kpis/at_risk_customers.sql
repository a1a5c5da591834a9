/*
title = "At risk"
says  = "Active customers who are silent for longer than three of four of their usual gaps."
grain = "one row"
more_is_better = false
looks_back = "window"

[params]
day_before = "date"
last_day = "date"
window   = "int"

[columns]
value    = { unit = "customers", opens = "customer_key in (select customer_key from status_on($last_day, $window, 'everyone') where status = 'at_risk')" }
n        = { unit = "customers", title = "active", says = "Active and at risk together." }
money    = { unit = "money", says = "Value to date of those at risk.", opens_as = "value" }
why_null = { unit = "code", sentences = { no_window = "Less than 90 days of history: no lapse window yet." } }
*/
select
    case when $window is not null then at_risk end as value,
    active                                         as n,
    value_at_risk                                  as money,
    case when $window is null then 'no_window' end as why_null
from span_sums
where day_before = $day_before and last_day = $last_day
