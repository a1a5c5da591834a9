/*
title = "Value by cohort"
says  = "What customers have been worth so far, by the period of their first purchase."
grain = "one row per cohort"
chart = { kind = "bars", x = "cohort_start", y = ["clv"] }
sample = "select period_start as cohort_start, value as amount, 1 as base from customers_here join periods($calendar) on period_number(period_start, $calendar) = period_number(first_day, $calendar) where value is not null and list_contains($few, period_start::varchar)"
sample_of = "clv"

[params]
calendar = "text"

[columns.cohort_start]
unit  = "date"
title = "cohort"
says  = "First day of the period of the first purchase."
[columns.customers]
unit  = "customers"
says  = "Customers of the cohort."
opens = "period_number(first_day, $calendar) = period_number($row_cohort_start, $calendar)"
[columns.value]
unit    = "money"
says    = "Their value to date."
opens   = "period_number(first_day, $calendar) = period_number($row_cohort_start, $calendar)"
adds_up = "sum:value"
[columns.clv]
unit     = "money"
title    = "value each"
says     = "Value to date ÷ customers (historic CLV)."
opens_as = "customers"
[columns.clv_low]
unit = "money"
says = "Lower end of the 95 % interval over customers: bootstrap below 2,000, else mean − 1.96 standard errors."
[columns.clv_high]
unit = "money"
says = "Upper end of the 95 % interval."
[columns.predicted]
unit     = "money"
title    = "next 12 months"
says     = "Predicted value of the next 12 months ÷ customers, the lapsed included."
opens_as = "customers"
[columns.equity]
unit    = "money"
title   = "all together"
says    = "Their predicted value of the next 12 months (customer equity)."
opens   = "period_number(first_day, $calendar) = period_number($row_cohort_start, $calendar)"
adds_up = "sum:clv_12m"
[columns.orders_per_customer]
unit     = "ratio"
title    = "orders each"
says     = "Orders to date ÷ customers."
opens_as = "customers"
[columns.repeaters]
unit  = "customers"
title = "came back"
says  = "Customers with two purchases or more."
opens = "purchases > 1 and period_number(first_day, $calendar) = period_number($row_cohort_start, $calendar)"
*/
with totals as (
    select
        period_number(first_day, $calendar)                      as number,
        count(*)                                                 as customers,
        sum(value)                                               as value,
        mean_error(count(value), sum(value), sum(value * value)) as standard_error,
        sum(clv_12m)                                             as equity,
        sum(orders)                                              as orders,
        count(case when purchases > 1 then 1 end)                as repeaters
    from customers_here
    group by number
)
select
    period_start                                       as cohort_start,
    customers,
    value,
    value / customers                                  as clv,
    value / customers - 1.96 * standard_error          as clv_low,
    value / customers + 1.96 * standard_error          as clv_high,
    equity / customers                                 as predicted,
    equity,
    orders / customers                                 as orders_per_customer,
    repeaters
from totals
join periods($calendar) on period_number(period_start, $calendar) = number
order by cohort_start
