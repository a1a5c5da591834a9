/*
title = "Orders, judged"
says  = "Every order of the export with its value and, where it does not count, the first reason that fits."
grain = "one row per order"
kind  = "view"
needs = ["raw_orders", "customer_keys", "choices"]

[columns]
reason = { unit = "text", says = "Why the order does not count; empty for an eligible order." }
*/
create or replace view judged_orders as
select
    raw_orders.* exclude (customer_id),
    customer_keys.customer_key,
    raw_orders.customer_id,
    raw_orders.ordered_at::date as day,
    gross - coalesce(refund, 0) as paid_and_kept,
    case choices.value_basis
        when 'goods'
        then paid_and_kept - least(coalesce(shipping, 0) + coalesce(tax, 0), greatest(paid_and_kept, 0))
        else paid_and_kept
    end as value,
    case
        when raw_orders.ordered_at::date > choices.chosen_as_of then 'later'
        when status = 'test' then 'test'
        when raw_orders.ordered_at::date > choices.latest_plausible_day then 'future'
        when status = 'cancelled' or gross < 0 then 'cancelled'
        when status = 'pending' then 'unpaid'
        when raw_orders.customer_id is null then 'anonymous'
        when status = 'refunded' or (gross > 0 and refund >= gross) then 'refunded'
        when gross = 0 and choices.zero_orders = 'exclude' then 'zero'
    end as reason
from raw_orders
cross join choices
left join customer_keys on customer_keys.customer_id = raw_orders.customer_id
