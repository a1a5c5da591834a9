/*
title = "Lapsed, to interview"
says  = "Thirty of the lapsed who have not refused to be written to, drawn at random: the same again each time. Ask them why they left."
grain = "one row per customer"
sort  = ["customer_id"]

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
segment         = { unit = "text" }
first_product   = { unit = "text", title = "first product" }
drawn           = { unit = "code", hidden = true }
email           = { unit = "text" }
phone           = { unit = "text" }
consent         = { unit = "text" }

[columns.reason]
unit  = "sentence"
title = "why"
by   = "drawn"
[columns.reason.sentences]
drawn = "Drawn at random from the lapsed: bought on {purchases} days, silent for {days_since_last}."
once  = "Drawn at random from the lapsed: bought once, silent for {days_since_last} days."

[columns.action]
unit  = "code"
title = "suggested"
[columns.action.sentences]
call = "Call, and let them talk: what would have kept them?"
*/
select
    customer_key, customer_id, name, country, worth, purchases, last_day,
    days_since_last, segment, first_product,
    case when purchases = 1 then 'once' else 'drawn' end as drawn,
    drawn as reason,
    'call' as action,
    email, phone, consent
from action_lists($window)
join customers using (customer_key)
where list = 'lapsed_sample'
