/*
title = "Cells of the cohort table by days"
says  = "Every cohort in every 30 days since each customer's own first purchase: counts and sums as they stand, and whether all of the cohort have lived through them."
grain = "one row per cohort and 30 days since the first purchase"
kind  = "macro"
needs = ["purchases_here", "periods", "period_number", "shop"]

[columns]
cohort_start = { unit = "date", says = "First day of the period of the first purchase." }
k            = { unit = "count", says = "0 for the days 0 to 29 after the first purchase, 1 for 30 to 59 …" }
size         = { unit = "customers", says = "Customers of the cohort in scope." }
returned     = { unit = "customers", says = "Of those, bought in these 30 days." }
repurchased  = { unit = "customers", says = "Made their second purchase by the end of these 30 days." }
value        = { unit = "money", says = "Their value up to the end of these 30 days." }
orders       = { unit = "orders", says = "Their orders up to the end of these 30 days." }
young        = { unit = "yes or no", says = "Some of the cohort have not lived through these 30 days." }
*/
create or replace macro cohort_buckets(grain) as table
with first_days as (
    select
        customer_key,
        min(day)                             as first_day,
        min(gap_days) filter (where nth = 2) as days_to_second
    from purchases_here
    group by customer_key
),
members as (
    select
        customer_key,
        first_day,
        period_number(first_day, grain) as cohort,
        days_to_second // 30            as second_k
    from first_days
),
sizes as (
    select
        cohort,
        period_start   as cohort_start,
        max(first_day) as last_joined,
        count(*)       as size
    from members
    join periods(grain) on period_number(period_start, grain) = cohort
    group by cohort, cohort_start
),
cells as (
    select
        cohort,
        cohort_start,
        size,
        unnest(range(((select as_of from shop) - cohort_start) // 30 + 1)) as k,
        last_joined
    from sizes
),
bought as (
    select
        period_number(customer_since, grain) as cohort,
        (day - customer_since) // 30         as k,
        count(distinct customer_key)         as returned,
        sum(value)                           as value,
        sum(orders)                          as orders
    from purchases_here
    group by all
),
seconds as (
    select cohort, second_k as k, count(*) as seconds
    from members
    where second_k is not null
    group by all
)
select
    cohort_start,
    cells.k,
    size,
    coalesce(returned, 0)                              as returned,
    (sum(coalesce(seconds, 0)) over until_now)::bigint as repurchased,
    sum(value) over until_now                          as value,
    (sum(coalesce(orders, 0)) over until_now)::bigint  as orders,
    last_joined + (30 * (cells.k + 1) - 1)::integer > (select as_of from shop) as young
from cells
left join bought using (cohort, k)
left join seconds using (cohort, k)
window until_now as (partition by cohort order by cells.k)
