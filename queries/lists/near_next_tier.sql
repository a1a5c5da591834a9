/*
title = "Near the next tier"
says  = "Customers, not lapsed, whom one usual order of theirs would lift among the top 20, 10 or 1 % by value."
grain = "one row per customer"
sort  = ["worth", "-value", "customer_key"]

[params]
window = "int"

[columns]
customer_key    = { unit = "key", hidden = true }
customer_id     = { unit = "text", title = "customer" }
name            = { unit = "text" }
country         = { unit = "text" }
worth           = { unit = "money", title = "missing" }
value           = { unit = "money", title = "to date" }
purchases       = { unit = "purchases" }
last_day        = { unit = "date", title = "last" }
usual_order     = { unit = "money", title = "usual order" }
tier            = { unit = "text", title = "now" }
next_tier       = { unit = "text", title = "next" }
near            = { unit = "code", hidden = true }
email           = { unit = "text" }
phone           = { unit = "text" }
consent         = { unit = "text" }

[columns.reason]
unit  = "sentence"
title = "why"
by   = "near"
[columns.reason.sentences]
near = "One usual order of theirs is enough to get from the {tier} to the {next_tier}."

[columns.action]
unit  = "code"
title = "suggested"
[columns.action.sentences]
tell    = "Tell them how little is missing, and what they get"
no_mail = "May not be written to by e-mail: call, or leave in peace"
*/
select
    customer_key, customer_id, name, country, worth, value, purchases, last_day,
    value / purchases as usual_order,
    customers.tier,
    tier_floors.tier  as next_tier,
    'near'            as near,
    near              as reason,
    case when consent = 'no' then 'no_mail' else 'tell' end as action,
    email, phone, consent
from action_lists($window)
join customers using (customer_key)
asof join tier_floors on customers.value < from_value
where list = 'near_next_tier'
