/*
title = "What was opened"
says  = "The shop's span, its totals and the lapse window in force."
grain = "one row"
*/
with intake as (
    select count(*) as all_orders
    from raw_orders
),
used as (
    select coalesce(sum(row_count), 0)::bigint as rows_used
    from orders
)
select
    all_orders, rows_used,
    shop.orders, shop.customers, shop.value, shop.first_day, shop.last_day, shop.as_of,
    lapse_window.days as window_days, why, suggested_days, found_days, cap_days, observed_gaps
from shop, lapse_window, intake, used
