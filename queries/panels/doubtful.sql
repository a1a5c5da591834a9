/*
title = "What to look at"
says  = "Orders that are counted in a way of their own, or that may be wrong. Shares are of the eligible and the anonymous orders together."
grain = "one row per finding"

[columns.finding]
unit = "code"
says = "Exchanges count with the purchase that they mend; orders without a customer, and credits that name no order, count nowhere; all others count as they stand. The same order twice: one customer, moment and value under two numbers."
[columns.finding.sentences]
exchange        = "exchanges, no repeats"
anonymous       = "no customer named"
twin            = "perhaps the same order twice"
identical_lines = "the same line twice"
far_too_large   = "over 100 times the median order"
refund_beyond   = "more given back than paid"
unlinked_credit = "credits that name no order, over half of what the customer is worth"
[columns.orders]
unit     = "orders"
says     = "Orders of which this is found."
opens    = "finding = $row_finding"
opens_in = "doubtful_orders"
[columns.value]
unit     = "money"
says     = "What these orders are worth."
opens    = "finding = $row_finding"
opens_in = "doubtful_orders"
adds_up  = "sum:value"
[columns.share_of_orders]
unit     = "share"
title    = "of orders"
says     = "Orders ÷ eligible and anonymous orders; empty for credits, which are neither."
opens_as = "orders"
[columns.share_of_value]
unit     = "share"
title    = "of money"
says     = "Value ÷ value of the eligible and anonymous orders; empty for credits."
opens_as = "value"
*/
with found as (
    select finding, finding <> 'unlinked_credit' as counted, count(*) as orders, sum(value) as value
    from doubtful_orders
    group by finding
),
all_orders as (
    select order_key, value from orders
    union all
    select order_key, value from orders_left_out where reason = 'anonymous'
),
totals as (
    select count(*) as orders, sum(value) as value
    from all_orders
)
select
    finding,
    found.orders,
    found.value,
    case when counted then found.orders / totals.orders end          as share_of_orders,
    case when counted then found.value / nullif(totals.value, 0) end as share_of_value
from found
cross join totals
order by found.orders desc, finding
