/*
title = "Cohorts by days since the first purchase"
says  = "The same in buckets of 30 days since each customer's own first purchase, which do not short-change those who joined late in a period."
grain = "one row per cohort and 30 days since the first purchase"
chart = { kind = "heat", x = "k", y = "cohort_start", views = ["returned_share", "repurchased_share", "value_per_customer", "orders_per_customer"] }

[params]
calendar = "text"

[columns.cohort_start]
like = "panels/cohorts"
[columns.k]
unit  = "count"
title = "30 days"
says  = "0 for the days 0 to 29 after the first purchase, 1 for 30 to 59 …"
[columns.size]
like = "panels/cohorts"
[columns.returned]
title = "returning"
unit  = "customers"
says  = "Of those, bought in these 30 days; the first purchase itself counts in bucket 0."
opens = "customer_key in (select p.customer_key from purchases as p where (p.day - first_day) // 30 = $row_k) and period_number(first_day, $calendar) = period_number($row_cohort_start, $calendar)"
[columns.repurchased]
unit  = "customers"
title = "repurchased by"
says  = "Made their second purchase by the end of these 30 days."
opens = "customer_key in (select p.customer_key from purchases as p where nth = 2 and gap_days // 30 <= $row_k) and period_number(first_day, $calendar) = period_number($row_cohort_start, $calendar)"
[columns.returned_share]
unit     = "share"
title    = "returning"
says     = "Bought in these 30 days ÷ size."
opens_as = "returned"
[columns.repurchased_share]
unit     = "share"
title    = "repurchased by"
says     = "Second purchase by the end of these 30 days ÷ size."
opens_as = "repurchased"
[columns.value_per_customer]
unit     = "money"
title    = "value per customer"
says     = "Value up to the end of these 30 days ÷ size."
opens_as = "size"
[columns.orders_per_customer]
unit     = "ratio"
title    = "orders per customer"
says     = "Orders up to the end of these 30 days ÷ size."
opens_as = "size"
[columns.young]
unit = "yes or no"
says = "Some of the cohort have not lived through these 30 days yet: no figure."
*/
select
    cohort_start,
    k,
    size,
    case when not young then returned end           as returned,
    case when not young then repurchased end        as repurchased,
    case when not young then returned / size end    as returned_share,
    case when not young then repurchased / size end as repurchased_share,
    case when not young then value / size end       as value_per_customer,
    case when not young then orders / size end      as orders_per_customer,
    young
from cohort_buckets($calendar)
order by cohort_start, k
