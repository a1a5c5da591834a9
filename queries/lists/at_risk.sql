/*
title = "At risk"
says  = "Active customers who are silent for longer than three of four of their usual gaps, by value to date."
grain = "one row per customer"
sort  = ["-value", "customer_key"]

[columns]
customer_key    = { unit = "key", hidden = true }
customer_id     = { unit = "text", title = "customer" }
name            = { unit = "text" }
country         = { unit = "text" }
value           = { unit = "money" }
purchases       = { unit = "purchases" }
last_day        = { unit = "date", title = "last" }
days_since_last = { unit = "days", title = "silent" }
usual_gap_days  = { unit = "days", title = "usual gap" }
silence_one_in  = { unit = "one in", title = "one in" }
segment         = { unit = "text" }
rhythm          = { unit = "code", hidden = true }
second_by_days  = { unit = "days", hidden = true }
email           = { unit = "text" }
phone           = { unit = "text" }
consent         = { unit = "text" }

[columns.reason]
unit = "sentence"
title = "why"
by   = "rhythm"
[columns.reason.sentences]
own   = "Usually orders every {usual_gap_days} days, silent for {days_since_last}: one silence in {silence_one_in} is that long."
first = "Ordered once, {days_since_last} days ago: three of four who come back have done so by day {second_by_days}."
*/
with second_order as (
    select min(days) as second_by_days
    from normalised_return_curve((select as_of from shop), 1, 1)
    where share_of_returns >= 0.75
)
select
    customer_key, customer_id, name, country, value, purchases, last_day,
    days_since_last, usual_gap_days, silence_one_in, segment,
    case when purchases > 1 then 'own' else 'first' end as rhythm,
    second_by_days,
    rhythm as reason,
    email, phone, consent
from customers
cross join second_order
where status = 'at_risk'
  and customer_key in (from scope)
