/*
title = "What is not used, and why"
says  = "Rows of the files that are not part of an eligible order, by the first reason that fits."
grain = "one row per reason"

[columns.reason]
like = "tables/excluded"
[columns.rows]
unit     = "rows"
says     = "Rows of the files."
opens    = "reason = $row_reason"
opens_in = "excluded"
[columns.orders]
unit     = "orders"
says     = "Orders that these rows make."
opens    = "reason = $row_reason"
opens_in = "orders_left_out"
[columns.value]
unit     = "money"
says     = "What these orders would be worth."
opens    = "reason = $row_reason"
opens_in = "orders_left_out"
adds_up  = "sum:value"
[columns.share_of_rows]
unit     = "share"
title    = "of all rows"
says     = "Rows ÷ rows read."
opens_as = "rows"
*/
with row_counts as (
    select reason, count(*) as rows
    from excluded
    group by reason
),
order_counts as (
    select reason, count(*) as orders, sum(value) as value
    from orders_left_out
    group by reason
),
read as (
    select sum(rows) as rows from files
)
select
    reason,
    row_counts.rows,
    coalesce(orders, 0)                                   as orders,
    case when coalesce(orders, 0) > 0 then value else 0 end as value,
    row_counts.rows / read.rows                           as share_of_rows
from row_counts
cross join read
left join order_counts using (reason)
order by row_counts.rows desc, reason
