/*
title = "Thank the best"
says  = "Of the top tenth by value to date, who bought within 30 days."
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
tier            = { unit = "text" }
days_since_last = { unit = "days", title = "silent" }
best            = { unit = "code", hidden = true }
email           = { unit = "text" }
phone           = { unit = "text" }
consent         = { unit = "text" }

[columns.reason]
unit  = "sentence"
title = "why"
by   = "best"
[columns.reason.sentences]
best = "Among the {tier} by value, bought {days_since_last} days ago."

[columns.action]
unit  = "code"
title = "suggested"
[columns.action.sentences]
thank   = "Thank in person, without an offer"
no_mail = "May not be written to by e-mail: call, or leave in peace"
*/
select
    customer_key, customer_id, name, country, worth, purchases, last_day,
    tier, days_since_last,
    'best' as best,
    best as reason,
    case when consent = 'no' then 'no_mail' else 'thank' end as action,
    email, phone, consent
from action_lists($window)
join customers using (customer_key)
where list = 'vip'
