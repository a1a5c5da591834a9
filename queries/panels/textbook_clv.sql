/*
title = "Textbook lifetime value"
says  = "Average order × orders a year × years, the years being 1 ÷ yearly churn: the popular estimate, for comparison; it takes every customer for the average one."
grain = "one row"

[params]
as_of  = "date"
window = "int"

[columns.customers]
unit  = "customers"
title = "bought in a year"
says  = "Customers who bought in the last 365 days."
opens = "customer_key in (select customer_key from purchases where day > $as_of - 365 and day <= $as_of)"
[columns.average_order]
unit     = "money"
title    = "average order"
says     = "Value of the last 365 days ÷ its orders."
opens_as = "customers"
[columns.orders_a_year]
unit     = "ratio"
title    = "orders a year"
says     = "Orders of the last 365 days ÷ customers who placed them."
opens_as = "customers"
[columns.lost]
unit  = "customers"
title = "lost in a year"
says  = "Active a year before, not active on the as-of date."
opens = "customer_key in (select customer_key from span_states($as_of - 365, $as_of, $window) where state = 'lost')"
[columns.years]
unit     = "years"
says     = "1 ÷ the churn of the last 365 days: how long a customer would last at that churn."
opens_as = "lost"
[columns.textbook_clv]
unit     = "money"
title    = "textbook CLV"
says     = "The product of the three."
opens_as = "customers"
[columns.why_null]
unit  = "code"
title = "note"
[columns.why_null.sentences]
no_window    = "Less than 90 days of history: no lapse window yet."
unfinished   = "The year is not over yet."
too_early    = "The history is shorter than a year and one lapse window."
no_customers = "Nobody was active a year before."
*/
with counted as (
    select
        count(orders)                                                               as customers,
        sum(orders)                                                                 as orders,
        sum(value)                                                                  as value,
        count(case when silence_before < $window then 1 end)                        as at_start,
        count(case when silence_before < $window and silence >= $window then 1 end) as lost
    from year_behind
    join scope using (customer_key)
),
judged as (
    select
        *,
        value / nullif(orders, 0)       as average_order,
        orders / nullif(customers, 0)   as orders_a_year,
        why_no_rate(($as_of - 365)::date, $as_of, $window, at_start) as why_null
    from counted
)
select
    customers,
    average_order,
    orders_a_year,
    case when why_null is null then lost end                                                   as lost,
    case when why_null is null then at_start / nullif(lost, 0) end                             as years,
    case when why_null is null then average_order * orders_a_year * at_start / nullif(lost, 0) end as textbook_clv,
    why_null
from judged
