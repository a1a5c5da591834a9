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
select
    cohort_start,
    k,
    size,
    case when not young then returned end                           as returned,
    case when not young then repurchased end                        as repurchased,
    case when not young_for_retained then retained end              as retained,
    case when not young then returned / size end                    as returned_share,
    case when not young then repurchased / size end                 as repurchased_share,
    case when not young_for_retained then retained / size end       as retained_share,
    case when not young then value / size end                       as value_per_customer,
    case when not young then orders / size end                      as orders_per_customer,
    young
from cohort_cells($calendar, $window)
order by cohort_start, k
