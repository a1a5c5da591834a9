/*
title = "Cohorts on average, by days since the first purchase"
says  = "The same in buckets of 30 days since each customer's own first purchase; only cohorts of which all have lived through them."
grain = "one row per 30 days since the first purchase"

[params]
calendar = "text"

[columns.k]
like = "panels/cohorts_by_days"
[columns.cohorts]
unit  = "count"
says  = "Cohorts of which all have lived through these 30 days."
[columns.size]
unit  = "customers"
says  = "Customers of those cohorts."
opens = "period_number(first_day, $calendar) in (select period_number(cohort_start, $calendar) from cohort_buckets($calendar) where k = $row_k and not young)"
[columns.returned]
title = "returning"
unit  = "customers"
says  = "Of those, bought in these 30 days."
opens = "period_number(first_day, $calendar) in (select period_number(cohort_start, $calendar) from cohort_buckets($calendar) where k = $row_k and not young) and customer_key in (select p.customer_key from purchases as p where (p.day - listed.first_day) // 30 = $row_k)"
[columns.repurchased]
unit  = "customers"
title = "repurchased by"
says  = "Made their second purchase by the end of these 30 days."
opens = "period_number(first_day, $calendar) in (select period_number(cohort_start, $calendar) from cohort_buckets($calendar) where k = $row_k and not young) and customer_key in (select p.customer_key from purchases as p where nth = 2 and p.gap_days // 30 <= $row_k)"
[columns.returned_share]
like = "panels/cohorts_by_days"
[columns.repurchased_share]
like = "panels/cohorts_by_days"
[columns.value_per_customer]
like = "panels/cohorts_by_days"
[columns.orders_per_customer]
like = "panels/cohorts_by_days"
*/
with cells as (
    from cohort_buckets($calendar)
)
select
    k,
    count(*)                     as cohorts,
    sum(size)::bigint            as size,
    sum(returned)::bigint        as returned,
    sum(repurchased)::bigint     as repurchased,
    sum(returned) / sum(size)    as returned_share,
    sum(repurchased) / sum(size) as repurchased_share,
    sum(value) / sum(size)       as value_per_customer,
    sum(orders) / sum(size)      as orders_per_customer
from cells
where not young
group by k
order by k
