/*
title = "Cells of the cohort triangle"
says  = "Every cohort in every calendar period since its own, up to the one of the as-of date: counts and sums as they stand, and whether the period is over."
grain = "one row per cohort and period since its start"
kind  = "macro"
needs = ["purchases_here", "periods", "period_number", "shop"]

[columns]
cohort_start = { unit = "date", says = "First day of the period of the first purchase." }
k            = { unit = "count", says = "Periods after the one of the first purchase." }
size         = { unit = "customers", says = "Customers of the cohort in scope." }
returned     = { unit = "customers", says = "Of those, bought in this period." }
repurchased  = { unit = "customers", says = "Made their second purchase by the end of this period." }
retained     = { unit = "customers", says = "Bought in this period or after it." }
value        = { unit = "money", says = "Their value up to the end of this period." }
orders       = { unit = "orders", says = "Their orders up to the end of this period." }
young        = { unit = "yes or no", says = "The period is not over." }
young_for_retained = { unit = "yes or no", says = "Less than one lapse window w follows the period; empty without one." }
*/
create or replace macro cohort_cells(grain, w) as table
with landmarks as (
    select
        customer_key,
        min(day)                        as first_day,
        min(day) filter (where nth = 2) as second_day,
        max(day)                        as last_day
    from purchases_here
    group by customer_key
),
members as (
    select
        customer_key,
        period_number(first_day, grain)  as cohort,
        period_number(second_day, grain) as second,
        period_number(last_day, grain)   as last
    from landmarks
),
calendar as (
    select period_start, period_end, period_number(period_start, grain) as number
    from periods(grain)
),
cells as (
    select
        cohorts.number                                          as cohort,
        cohorts.period_start                                    as cohort_start,
        cell.number - cohorts.number                            as k,
        cell.period_end > (select as_of from shop)              as young,
        cell.period_end + w::integer > (select as_of from shop) as young_for_retained
    from calendar as cohorts
    join calendar as cell on cell.number >= cohorts.number
),
sizes as (
    select cohort, count(*) as size
    from members
    group by cohort
),
dated as (
    select
        customer_key,
        period_number(customer_since, grain)                              as cohort,
        period_number(day, grain) - period_number(customer_since, grain) as k,
        value,
        orders
    from purchases_here
),
bought as (
    select
        cohort,
        k,
        count(distinct customer_key) as returned,
        sum(value)                   as value,
        sum(orders)                  as orders
    from dated
    group by cohort, k
),
seconds as (
    select cohort, second - cohort as k, count(*) as seconds
    from members
    where second is not null
    group by all
),
lasts as (
    select cohort, last - cohort as k, count(*) as lasts
    from members
    group by all
)
select
    cohort_start,
    cells.k,
    size,
    coalesce(returned, 0)                                                        as returned,
    (sum(coalesce(seconds, 0)) over until_now)::bigint                           as repurchased,
    (size - sum(coalesce(lasts, 0)) over until_now + coalesce(lasts, 0))::bigint as retained,
    sum(value) over until_now                                                    as value,
    (sum(coalesce(orders, 0)) over until_now)::bigint                            as orders,
    young,
    young_for_retained
from cells
join sizes using (cohort)
left join bought using (cohort, k)
left join seconds using (cohort, k)
left join lasts using (cohort, k)
window until_now as (partition by cohort order by cells.k)
