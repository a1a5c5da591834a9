/*
title = "Re-order due"
says  = "Regulars whose next order should come within two weeks: by then three of four such orders have."
grain = "one row per customer"
sort  = ["next_order_due", "-worth", "customer_key"]

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
next_order_due  = { unit = "date", title = "due" }
due_after       = { unit = "days", hidden = true }
rhythm          = { unit = "code", hidden = true }
email           = { unit = "text" }
phone           = { unit = "text" }
consent         = { unit = "text" }

[columns.reason]
unit  = "sentence"
title = "why"
by   = "rhythm"
[columns.reason.sentences]
due = "Usually orders every {usual_gap_days} days, silent for {days_since_last}: three of four such orders come by day {due_after}."

[columns.action]
unit  = "code"
title = "suggested"
[columns.action.sentences]
remind  = "Remind of what they usually order"
no_mail = "May not be written to by e-mail: call, or leave in peace"
*/
select
    customer_key, customer_id, name, country, worth, value, purchases, last_day,
    days_since_last, usual_gap_days, next_order_due,
    next_order_due - last_day as due_after,
    'due' as rhythm,
    rhythm as reason,
    case when consent = 'no' then 'no_mail' else 'remind' end as action,
    email, phone, consent
from action_lists($window)
join customers using (customer_key)
where list = 'reorder_due'
