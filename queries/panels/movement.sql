/*
title = "Movement between segments"
says  = "Where the customers of each segment were one period before."
grain = "one row per segment then and segment now"
chart = { kind = "heat", x = "now", y = "before", views = ["customers"] }

[params]
day_before = "date"
last_day   = "date"

[columns.before]
unit  = "text"
title = "before"
says  = "Segment on the day before the span; not yet a customer: joined in it."
[columns.now]
unit = "text"
says = "Segment on the last day."
[columns.customers]
unit  = "customers"
says  = "Customers who moved so."
opens = "customer_key in (select now.customer_key from rfm_on($last_day) as now left join rfm_on($day_before) as before on before.customer_key = now.customer_key where now.segment = $row_now and coalesce(before.segment, 'not yet a customer') = $row_before)"
*/
with moved as (
    select
        coalesce(before.segment, 'not yet a customer') as before,
        now.segment                                    as now
    from rfm_on($last_day) as now
    left join rfm_on($day_before) as before on before.customer_key = now.customer_key
    where now.customer_key in (from scope)
)
select before, now, count(*) as customers
from moved
group by before, now
order by before, now
