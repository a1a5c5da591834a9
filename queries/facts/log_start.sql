/*
title = "How the log starts"
says  = "First purchases in the log's first 30 days beside those of the median span of 30 days after it. A log that starts mid-life has more than three times as many there, and more than a quarter of all customers; too young a log, or fewer than 30 customers, does not say."
grain = "one row"
*/
with firsts as (
    select (customers.first_day - shop.first_day) // 30 as span
    from customers
    cross join shop
),
spans as (
    select unnest(range(1, (history_days + 1) // 30)) as span
    from shop
),
later as (
    select span, count(firsts.span) as customers
    from spans
    left join firsts using (span)
    group by span
),
usual as (
    select median(customers) as customers
    from later
),
totals as (
    select count(*) as customers, count(*) filter (where span = 0) as at_start
    from firsts
)
select
    totals.at_start,
    totals.customers,
    usual.customers as usual,
    coalesce(
        totals.customers >= 30
        and totals.at_start > 3 * usual.customers
        and totals.at_start > totals.customers / 4,
        false
    ) as starts_mid_life
from totals, usual
