/*
title = "RFM map"
says  = "Customers by recency and frequency; each cell has a name, and money ranks within it."
grain = "one row per cell, recency × frequency"
chart = { kind = "heat", x = "f", y = "r", views = ["customers", "value"] }

[columns.r]
unit  = "score"
title = "recency"
says  = "5: the fifth of customers who bought last."
[columns.f]
unit  = "score"
title = "frequency"
says  = "1: one purchase; 2 to 5: by rank among those who came back."
[columns.segment]
unit = "text"
says = "The cell's name."
[columns.customers]
unit  = "customers"
says  = "Customers in the cell."
opens = "r = $row_r and f = $row_f"
[columns.share]
unit     = "share"
title    = "of customers"
says     = "Customers in the cell ÷ all in scope."
opens_as = "customers"
[columns.value]
unit    = "money"
says    = "Their value to date."
opens   = "r = $row_r and f = $row_f"
adds_up = "sum:value"
[columns.value_share]
unit     = "share"
title    = "of value"
says     = "Their value ÷ the value of all in scope."
opens_as = "value"
[columns.mean_m]
unit     = "ratio"
title    = "mean M"
says     = "Mean money score, 1 to 5."
opens_as = "customers"
*/
with cells as (
    select unnest(range(1, 6)) as r, f
    from (select unnest(range(1, 6)) as f)
),
named as (
    select r, f, rfm_segment(r, f) as segment
    from cells
),
counted as (
    select r, f, count(*) as customers, sum(value) as value, avg(m) as mean_m
    from customers_here
    group by r, f
)
select
    named.r,
    named.f,
    segment,
    coalesce(customers, 0)                                                    as customers,
    coalesce(customers, 0) / nullif(sum(customers) over (), 0)                as share,
    case when sum(value) over () is not null then coalesce(value, 0) end      as value,
    coalesce(value, 0) / nullif(sum(value) over (), 0)                        as value_share,
    mean_m
from named
left join counted on counted.r = named.r and counted.f = named.f
order by named.r desc, named.f
