/*
title = "Win back"
says  = "Lapsed for at most one more lapse window: those whom a letter can still bring back, by value at stake; by value to date where there is no forecast."
grain = "one row per customer"
sort  = ["-worth", "-value", "customer_key"]

[params]
window = "int"

[columns]
customer_key    = { unit = "key", hidden = true }
customer_id     = { unit = "text", title = "customer" }
name            = { unit = "text" }
country         = { unit = "text" }
worth           = { unit = "money", title = "at stake" }
value           = { unit = "money", title = "to date" }
purchases       = { unit = "purchases" }
last_day        = { unit = "date", title = "last" }
days_since_last = { unit = "days", title = "silent" }
usual_gap_days  = { unit = "days", title = "usual gap" }
segment         = { unit = "text" }
rhythm          = { unit = "code", hidden = true }
email           = { unit = "text" }
phone           = { unit = "text" }
consent         = { unit = "text" }

[columns.reason]
unit  = "sentence"
title = "why"
by   = "rhythm"
[columns.reason.sentences]
once  = "Bought once and has been silent for {days_since_last} days."
often = "Bought on {purchases} days, about every {usual_gap_days} days, and has been silent for {days_since_last}."

[columns.action]
unit  = "code"
title = "suggested"
[columns.action.sentences]
personal = "Write personally and ask what was missing: one of the best customers"
ask_back = "Ask back, with a reason to come now"
no_mail  = "May not be written to by e-mail: call, or leave in peace"
*/
select
    customer_key, customer_id, name, country, worth, value, purchases, last_day,
    days_since_last, usual_gap_days, segment,
    case when purchases = 1 then 'once' else 'often' end as rhythm,
    rhythm as reason,
    case
        when consent = 'no' then 'no_mail'
        when tier in ('top 1 %', 'top 10 %') then 'personal'
        else 'ask_back'
    end as action,
    email, phone, consent
from action_lists($window)
join customers using (customer_key)
where list = 'win_back'
