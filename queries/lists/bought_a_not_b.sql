/*
title = "Bought one, not the other"
says  = "Of the two categories or products that most go together: customers, not lapsed, who bought the one and never the other. What it is worth: the share of buyers of the one who bought the other × what those spent on it."
grain = "one row per customer"
sort  = ["-worth", "-value", "customer_key"]

[params]
window = "int"

[columns]
customer_key    = { unit = "key", hidden = true }
customer_id     = { unit = "text", title = "customer" }
name            = { unit = "text" }
country         = { unit = "text" }
worth           = { unit = "money", title = "if as usual" }
value           = { unit = "money", title = "to date" }
purchases       = { unit = "purchases" }
last_day        = { unit = "date", title = "last" }
a               = { unit = "text", title = "bought" }
b               = { unit = "text", title = "not yet" }
in_100          = { unit = "count", hidden = true }
times           = { unit = "text", hidden = true }
pair            = { unit = "code", hidden = true }
email           = { unit = "text" }
phone           = { unit = "text" }
consent         = { unit = "text" }

[columns.reason]
unit  = "sentence"
title = "why"
by   = "pair"
[columns.reason.sentences]
pair = "Bought {a}, never {b}: {in_100} of 100 who bought {a} bought {b} too, {times} times the share of all customers."

[columns.action]
unit  = "code"
title = "suggested"
[columns.action.sentences]
show    = "Show what goes with what they have"
no_mail = "May not be written to by e-mail: call, or leave in peace"
*/
select
    customer_key, customer_id, name, country, worth, value, purchases, last_day,
    a, b,
    round(100 * share)::integer as in_100,
    printf('%.1f', times)        as times,
    'pair' as pair,
    pair as reason,
    case when consent = 'no' then 'no_mail' else 'show' end as action,
    email, phone, consent
from action_lists($window)
join customers using (customer_key)
cross join goes_together
where list = 'bought_a_not_b'
