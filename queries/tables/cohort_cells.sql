/*
title = "Cells of the cohort triangle"
says  = "Every cohort in every calendar period since its own, up to the one of the as-of date: counts and sums as they stand, and whether the period is over."
grain = "one row per cohort and period since its start"
kind  = "macro"
needs = ["visits", "scope", "periods", "period_number", "shop"]

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
with calendar as (
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
bought as (
    select
        cohort,
        number - cohort                             as k,
        count(*)                                    as returned,
        count(case when is_second then true end)    as seconds,
        count(case when is_last then true end)      as lasts,
        sum(orders)                                 as orders,
        sum(new_value)                              as new_value,
        sum(returning_value)                        as returning_value
    from visits
    join scope using (customer_key)
    group by cohort, number
),
sizes as (
    select cohort, returned as size
    from bought
    where k = 0
),
valued as (
    select
        *,
        case
            when new_value is not null or returning_value is not null
            then coalesce(new_value, 0) + coalesce(returning_value, 0)
        end as value
    from bought
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
left join valued using (cohort, k)
window until_now as (partition by cohort order by cells.k)
