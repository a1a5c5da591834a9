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
with aged as (
    select
        period_number(customer_since, grain) as cohort,
        customer_since,
        (day - customer_since)::integer      as age,
        gap_days::integer                    as gap_days,
        nth,
        value,
        orders
    from purchases_here
),
-- One number to group by is much cheaper than two.
bought as (
    select
        cohort * 1000 + age // 30                                                 as cell,
        max(customer_since)                                                       as last_joined,
        count(case when nth = 1 then 1 end)                                       as firsts,
        count(case when nth = 2 then 1 end)                                       as seconds,
        count(case when nth = 1 or (age - gap_days) // 30 < age // 30 then 1 end) as returned,
        sum(value)                                                                as value,
        sum(orders)                                                               as orders
    from aged
    group by cell
),
calendar as (
    select period_start as cohort_start, period_number(period_start, grain) as cohort
    from periods(grain)
),
sizes as (
    select cohort, cohort_start, max(last_joined) as last_joined, sum(firsts)::bigint as size
    from bought
    join calendar on cohort = cell // 1000
    group by cohort, cohort_start
),
cells as (
    select *, unnest(range(((select as_of from shop) - cohort_start) // 30 + 1)) as k
    from sizes
)
select
    cohort_start,
    k,
    size,
    coalesce(returned, 0)                              as returned,
    (sum(coalesce(seconds, 0)) over until_now)::bigint as repurchased,
    sum(value) over until_now                          as value,
    (sum(coalesce(orders, 0)) over until_now)::bigint  as orders,
    cells.last_joined + (30 * (k + 1) - 1)::integer > (select as_of from shop) as young
from cells
left join bought on cell = cohort * 1000 + k
window until_now as (partition by cohort order by k)
