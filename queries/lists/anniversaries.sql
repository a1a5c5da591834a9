/*
title = "Anniversaries"
says  = "Customers, not lapsed, whose first purchase was one year ago or more to the day within the next two weeks."
grain = "one row per customer"
sort  = ["anniversary", "-worth", "customer_key"]

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
first_day       = { unit = "date", title = "first" }
anniversary     = { unit = "date" }
years           = { unit = "count" }
several         = { unit = "code", hidden = true }
email           = { unit = "text" }
phone           = { unit = "text" }
consent         = { unit = "text" }

[columns.reason]
unit  = "sentence"
title = "why"
by   = "several"
[columns.reason.sentences]
one  = "The first purchase was a year before that day."
more = "The first purchase was {years} years before that day."

[columns.action]
unit  = "code"
title = "suggested"
[columns.action.sentences]
thank   = "Thank them for the years"
no_mail = "May not be written to by e-mail: call, or leave in peace"
*/
select
    customer_key, customer_id, name, country, worth, purchases, customers.last_day,
    customers.first_day,
    next_anniversary(customers.first_day, as_of)      as anniversary,
    year(anniversary) - year(customers.first_day)     as years,
    case when years = 1 then 'one' else 'more' end    as several,
    several                                           as reason,
    case when consent = 'no' then 'no_mail' else 'thank' end as action,
    email, phone, consent
from action_lists($window)
join customers using (customer_key)
cross join shop
where list = 'anniversaries'
