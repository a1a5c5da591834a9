/*
title = "Cohorts on average"
says  = "What became of customers in each period after the one of their first purchase: only cohorts that have lived through the period, above and below the line."
grain = "one row per period since the first purchase"

[params]
calendar = "text"
window   = "int"

[columns.k]
like = "panels/cohorts"
[columns.cohorts]
unit  = "count"
says  = "Cohorts that have lived through this period."
[columns.size]
unit  = "customers"
says  = "Customers of those cohorts."
opens = "period_number(first_day, $calendar) + $row_k < period_number($as_of + 1, $calendar)"
[columns.returned]
title = "returning"
unit  = "customers"
says  = "Of those, bought in this period."
opens = "period_number(first_day, $calendar) + $row_k < period_number($as_of + 1, $calendar) and customer_key in (select p.customer_key from purchases as p where period_number(p.day, $calendar) = period_number(listed.first_day, $calendar) + $row_k)"
[columns.repurchased]
unit  = "customers"
title = "repurchased by"
says  = "Made their second purchase by the end of this period."
opens = "period_number(first_day, $calendar) + $row_k < period_number($as_of + 1, $calendar) and customer_key in (select p.customer_key from purchases as p where nth = 2 and period_number(p.day, $calendar) <= period_number(listed.first_day, $calendar) + $row_k)"
[columns.retained]
unit  = "customers"
title = "retained until later"
says  = "Of the cohorts after whose period one lapse window follows, bought in this period or after it."
opens = "period_number(first_day, $calendar) + $row_k < period_number(($as_of - $window + 1)::date, $calendar) and period_number(last_day, $calendar) >= period_number(first_day, $calendar) + $row_k"
[columns.returned_share]
like = "panels/cohorts"
[columns.repurchased_share]
like = "panels/cohorts"
[columns.retained_share]
unit     = "share"
title    = "retained until later"
says     = "Bought in this period or after ÷ size, of the cohorts after whose period one lapse window follows."
opens_as = "retained"
[columns.value_per_customer]
like = "panels/cohorts"
[columns.orders_per_customer]
like = "panels/cohorts"
*/
with cells as (
    from cohort_cells($calendar, $window)
)
select
    k,
    count(*)                                                       as cohorts,
    sum(size)::bigint                                              as size,
    sum(returned)::bigint                                          as returned,
    sum(repurchased)::bigint                                       as repurchased,
    sum(retained) filter (where not young_for_retained)::bigint    as retained,
    sum(returned) / sum(size)                                      as returned_share,
    sum(repurchased) / sum(size)                                   as repurchased_share,
    sum(retained) filter (where not young_for_retained)
        / sum(size) filter (where not young_for_retained)          as retained_share,
    sum(value) / sum(size)                                         as value_per_customer,
    sum(orders) / sum(size)                                        as orders_per_customer
from cells
where not young
group by k
order by k
