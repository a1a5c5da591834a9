/*
title = "Cohorts"
says  = "Customers by the period of their first purchase, and what became of them in each period after it."
grain = "one row per cohort and period since its start"
chart = { kind = "heat", x = "k", y = "cohort_start", views = ["returned_share", "repurchased_share", "retained_share", "value_per_customer", "orders_per_customer"] }

[params]
calendar = "text"
window   = "int"

[columns.cohort_start]
unit  = "date"
title = "cohort"
says  = "First day of the period of the first purchase."
[columns.k]
unit  = "count"
title = "period"
says  = "Periods after the one of the first purchase."
[columns.size]
unit  = "customers"
says  = "Customers whose first purchase was in the cohort's period."
opens = "period_number(first_day, $calendar) = period_number($row_cohort_start, $calendar)"
[columns.returned]
title = "returning"
unit  = "customers"
says  = "Of those, bought in this period."
opens = "customer_key in (select customer_key from purchases where period_number(day, $calendar) = period_number($row_cohort_start, $calendar) + $row_k) and period_number(first_day, $calendar) = period_number($row_cohort_start, $calendar)"
[columns.repurchased]
unit  = "customers"
title = "repurchased by"
says  = "Made their second purchase by the end of this period; the cohort's own period is k = 0."
opens = "customer_key in (select customer_key from purchases where nth = 2 and period_number(day, $calendar) <= period_number($row_cohort_start, $calendar) + $row_k) and period_number(first_day, $calendar) = period_number($row_cohort_start, $calendar)"
[columns.retained]
unit  = "customers"
title = "retained until later"
says  = "Bought in this period or after it; known only where at least one lapse window follows."
opens = "period_number(last_day, $calendar) >= period_number($row_cohort_start, $calendar) + $row_k and period_number(first_day, $calendar) = period_number($row_cohort_start, $calendar)"
[columns.returned_share]
unit     = "share"
title    = "returning"
says     = "Bought in this period ÷ size."
opens_as = "returned"
[columns.repurchased_share]
unit     = "share"
title    = "repurchased by"
says     = "Second purchase by the end of this period ÷ size."
opens_as = "repurchased"
[columns.retained_share]
unit     = "share"
title    = "retained until later"
says     = "Bought in this period or after ÷ size."
opens_as = "retained"
[columns.value_per_customer]
unit     = "money"
title    = "value per customer"
says     = "Value up to the end of this period ÷ size."
opens_as = "size"
[columns.orders_per_customer]
unit     = "ratio"
title    = "orders per customer"
says     = "Orders up to the end of this period ÷ size."
opens_as = "size"
[columns.young]
unit  = "yes or no"
says  = "The period is not over yet for this cohort: no figure."
*/
with members as (
    select
        customer_key,
        period_number(min(day), $calendar)                        as cohort,
        period_number(min(day) filter (where nth = 2), $calendar) as second,
        period_number(max(day), $calendar)                        as last
    from purchases
    where customer_key in (from scope)
    group by customer_key
),
calendar as (
    select period_start, period_end, period_number(period_start, $calendar) as number
    from periods($calendar)
),
cells as (
    select
        cohorts.number                                              as cohort,
        cohorts.period_start                                        as cohort_start,
        cell.number - cohorts.number                                as k,
        cell.period_end > (select as_of from shop)                  as young,
        cell.period_end + $window > (select as_of from shop)        as too_young_for_retained
    from calendar as cohorts
    join calendar as cell on cell.number >= cohorts.number
),
sizes as (
    select cohort, count(*) as size
    from members
    group by cohort
),
bought as (
    select
        cohort,
        period_number(day, $calendar) - cohort as k,
        count(distinct customer_key)           as returned,
        sum(value)                             as value,
        sum(orders)                            as orders
    from purchases
    join members using (customer_key)
    group by all
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
),
counted as (
    select
        cohort_start,
        cells.k,
        size,
        coalesce(returned, 0)                                   as returned,
        sum(coalesce(seconds, 0)) over until_now                 as repurchased,
        size - sum(coalesce(lasts, 0)) over until_now + coalesce(lasts, 0) as retained,
        sum(value) over until_now                                as value,
        sum(coalesce(orders, 0)) over until_now                  as orders,
        young,
        too_young_for_retained
    from cells
    join sizes using (cohort)
    left join bought using (cohort, k)
    left join seconds using (cohort, k)
    left join lasts using (cohort, k)
    window until_now as (partition by cohort order by cells.k)
)
select
    cohort_start,
    k,
    size,
    case when not young then returned end                              as returned,
    case when not young then repurchased::bigint end                    as repurchased,
    case when not too_young_for_retained then retained::bigint end      as retained,
    case when not young then returned / size end                       as returned_share,
    case when not young then repurchased / size end                     as repurchased_share,
    case when not too_young_for_retained then retained / size end       as retained_share,
    case when not young then value / size end                           as value_per_customer,
    case when not young then orders / size end                          as orders_per_customer,
    young
from counted
order by cohort_start, k
