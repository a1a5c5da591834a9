/*
title = "Second order"
says  = "Bought once, not at risk yet, and past the day by which half of those who come back have come: the time to suggest a second order."
grain = "one row per customer"
sort  = ["-worth", "customer_key"]

[params]
window = "int"

[columns]
customer_key    = { unit = "key", hidden = true }
customer_id     = { unit = "text", title = "customer" }
name            = { unit = "text" }
country         = { unit = "text" }
worth           = { unit = "money", title = "a usual order" }
value           = { unit = "money", title = "to date" }
purchases       = { unit = "purchases" }
last_day        = { unit = "date", title = "last" }
days_since_last = { unit = "days", title = "silent" }
usual_gap_days  = { unit = "days", title = "usual gap" }
first_product   = { unit = "text", title = "bought" }
rhythm          = { unit = "code", hidden = true }
email           = { unit = "text" }
phone           = { unit = "text" }
consent         = { unit = "text" }

[columns.reason]
unit  = "sentence"
title = "why"
by   = "rhythm"
[columns.reason.sentences]
due = "Bought once, {days_since_last} days ago: half of those who come back have done so by day {usual_gap_days}."

[columns.action]
unit  = "code"
title = "suggested"
[columns.action.sentences]
suggest = "Suggest what goes with the first order"
no_mail = "May not be written to by e-mail: call, or leave in peace"
*/
select
    customer_key, customer_id, name, country, worth, value, purchases, last_day,
    days_since_last, usual_gap_days, first_product,
    'due' as rhythm,
    rhythm as reason,
    case when consent = 'no' then 'no_mail' else 'suggest' end as action,
    email, phone, consent
from action_lists($window)
join customers using (customer_key)
where list = 'second_order'
