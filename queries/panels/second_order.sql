/*
title = "Time to the second purchase"
says  = "Share of first-time buyers who have bought again by each day, by Kaplan–Meier: those who joined lately count for as long as they have been seen."
grain = "one row per number of days"
chart = { kind = "step", x = "days", y = ["share_returned"], band = ["low", "high"] }

[params]
as_of = "date"

[columns.days]
unit = "days"
says = "Days since the first purchase."
[columns.waiting]
unit  = "customers"
says  = "Had not bought again before this day and are seen until it or later."
opens = "coalesce((select p.gap_days from purchases as p where p.customer_key = listed.customer_key and nth = 2), $as_of - first_day) >= $row_days"
[columns.returned]
unit  = "customers"
title = "returned that day"
says  = "Made their second purchase on this day."
opens = "customer_key in (select customer_key from purchases where nth = 2 and gap_days = $row_days)"
[columns.returned_by]
unit  = "customers"
title = "returned by then"
says  = "Made their second purchase on or before this day."
opens = "customer_key in (select customer_key from purchases where nth = 2 and gap_days <= $row_days)"
[columns.share_returned]
unit     = "share"
title    = "bought again"
says     = "Kaplan–Meier estimate."
opens_as = "returned_by"
[columns.low]
unit = "share"
says = "Lower end of the 95 % interval (Greenwood, log-log)."
[columns.high]
unit = "share"
says = "Upper end of the 95 % interval."
*/
with curve as (
    from return_curve($as_of, 1, 1, 'scope')
)
select
    days,
    at_risk                                         as waiting,
    returned,
    sum(returned) over (order by days)::bigint      as returned_by,
    share_returned,
    greenwood(share_returned, log_variance).low     as low,
    greenwood(share_returned, log_variance).high    as high
from curve
order by days
