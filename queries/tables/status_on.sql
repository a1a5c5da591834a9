/*
title = "Status on a day"
says  = "The status on day d under window w of everyone, or of those in scope: active, at risk (silent for longer than three of four of their usual gaps) or lapsed."
grain = "one row per customer with a purchase by the day"
kind  = "macro"
needs = ["silences", "status"]

[columns]
customer_key    = { unit = "key", says = "The customer." }
last_day        = { unit = "date", says = "Their last purchase on or before the day." }
purchases       = { unit = "purchases", says = "Purchases on or before the day." }
days_since_last = { unit = "days", says = "Silence on the day." }
usual_gap_days  = { unit = "days", says = "Median gap to expect." }
silence_one_in  = { unit = "one in", says = "One silence in so many is this long, among those that end." }
status          = { unit = "text", says = "active, at_risk or lapsed; empty without a lapse window." }
*/
create or replace macro status_on(d, w, who) as table
select
    *,
    status(days_since_last, silence_one_in, w) as status
from silences(d, who)
