/*
title = "Might refer others"
says  = "Active customers of the segments champions and loyal with three purchases or more, who never gave anything back."
grain = "one row per customer"
sort  = ["-worth", "customer_key"]

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
segment         = { unit = "text" }
first_day       = { unit = "date", title = "first" }
days_since_last = { unit = "days", title = "silent" }
happy           = { unit = "code", hidden = true }
email           = { unit = "text" }
phone           = { unit = "text" }
consent         = { unit = "text" }

[columns.reason]
unit  = "sentence"
title = "why"
by   = "happy"
[columns.reason.sentences]
happy = "Bought on {purchases} days, the last time {days_since_last} days ago, and gave nothing back."

[columns.action]
unit  = "code"
title = "suggested"
[columns.action.sentences]
ask     = "Ask to bring a friend, and reward both"
no_mail = "May not be written to by e-mail: call, or leave in peace"
*/
select
    customer_key, customer_id, name, country, worth, purchases, last_day,
    days_since_last, segment, first_day,
    'happy' as happy,
    happy as reason,
    case when consent = 'no' then 'no_mail' else 'ask' end as action,
    email, phone, consent
from action_lists($window)
join customers using (customer_key)
where list = 'referral'
