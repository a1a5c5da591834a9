/*
title = "Lifecycle"
says  = "Customers by purchases and by status: the plain-language map."
grain = "one row per number of purchases and status"
chart = { kind = "heat", x = "status", y = "stage", views = ["customers", "value"] }

[columns.stage]
unit  = "code"
title = "purchases"
[columns.stage.sentences]
one  = "1 purchase"
two  = "2 purchases"
more = "3 or more"
[columns.status]
unit = "code"
[columns.status.sentences]
active  = "active"
at_risk = "at risk"
lapsed  = "lapsed"
[columns.customers]
unit  = "customers"
says  = "Customers in the cell."
opens = "status = $row_status and case least(purchases, 3) when 1 then 'one' when 2 then 'two' else 'more' end = $row_stage"
[columns.share]
unit     = "share"
title    = "of customers"
says     = "Customers in the cell ÷ all in scope."
opens_as = "customers"
[columns.value]
unit    = "money"
says    = "Their value to date."
opens   = "status = $row_status and case least(purchases, 3) when 1 then 'one' when 2 then 'two' else 'more' end = $row_stage"
adds_up = "sum:value"
*/
with stages as (
    select unnest(['one', 'two', 'more']) as stage, unnest([1, 2, 3]) as place
),
statuses as (
    select unnest(['active', 'at_risk', 'lapsed']) as status, unnest([1, 2, 3]) as rank
),
counted as (
    select
        least(purchases, 3) as place,
        status,
        count(*)            as customers,
        sum(value)          as value
    from customers_here
    group by all
),
known as (
    select days is not null as known
    from lapse_window
)
select
    stage,
    status,
    case when known then coalesce(customers, 0) end                                      as customers,
    case when known then coalesce(customers, 0) / nullif(sum(customers) over (), 0) end  as share,
    case when known and sum(value) over () is not null then coalesce(value, 0) end       as value
from stages
cross join statuses
cross join known
left join counted using (place, status)
order by place, rank
