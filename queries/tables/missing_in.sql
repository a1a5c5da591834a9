/*
title = "Missing in a span"
says  = "Three groups of customers in scope, and who of each is missing in the days after d0 up to d1, under window w. churn: active on d0, lost by d1. silent: active on d1, at risk there. no_second: those whose first 90 days ended in the span, without a purchase on a later day within them."
grain = "one row per group and customer in it"
kind  = "macro"
needs = ["purchases_here", "span_states", "status_on"]

[columns]
topic        = { unit = "text", says = "churn, silent or no_second." }
customer_key = { unit = "key", says = "Who is in the group." }
missing      = { unit = "yes or no", says = "Whether they are lost, at risk, or without a second purchase." }
*/
create or replace macro missing_in(d0, d1, w) as table
select 'churn' as topic, customer_key, state = 'lost' as missing
from span_states(d0, d1, w)
where state in ('retained', 'lost')
union all
select 'silent', customer_key, status = 'at_risk'
from status_on(d1, w, 'scope')
where days_since_last < w and status in ('active', 'at_risk')
union all
select 'no_second', customer_key, next_day is null or next_day > day + 90
from purchases_here
where nth = 1 and day + 90 > d0 and day + 90 <= d1
