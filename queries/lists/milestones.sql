/*
title = "Milestones"
says  = "Customers whose last purchase, within 30 days, was their 5th, 10th, 25th, 50th or 100th."
grain = "one row per customer"
sort  = ["-purchases", "-worth", "customer_key"]

[params]
window = "int"

[columns]
customer_key    = { unit = "key", hidden = true }
customer_id     = { unit = "text", title = "customer" }
name            = { unit = "text" }
country         = { unit = "text" }
worth           = { unit = "money", title = "to date" }
purchases       = { unit = "purchases" }
last_day        = { unit = "date", title = "last" }
days_since_last = { unit = "days", title = "silent" }
first_day       = { unit = "date", title = "first" }
reached         = { unit = "code", hidden = true }
email           = { unit = "text" }
phone           = { unit = "text" }
consent         = { unit = "text" }

[columns.reason]
unit  = "sentence"
title = "why"
by   = "reached"
[columns.reason.sentences]
reached = "Purchase number {purchases}, {days_since_last} days ago."

[columns.action]
unit  = "code"
title = "suggested"
[columns.action.sentences]
congratulate = "Congratulate, with a small gift"
no_mail      = "May not be written to by e-mail: call, or leave in peace"
*/
select
    customer_key, customer_id, name, country, worth, purchases, last_day,
    days_since_last, first_day,
    'reached' as reached,
    reached as reason,
    case when consent = 'no' then 'no_mail' else 'congratulate' end as action,
    email, phone, consent
from action_lists($window)
join customers using (customer_key)
where list = 'milestones'
