/*
title = "Textbook lifetime value"
says  = "Average order × orders a year × years: the popular estimate, for comparison; it takes every customer for the average one."
grain = "one row"

[params]
as_of = "date"
window = "int"

[columns.customers]
unit  = "customers"
says  = "Customers in scope."
opens = "true"
[columns.average_order]
unit     = "money"
title    = "average order"
says     = "Value to date ÷ orders."
opens_as = "customers"
[columns.orders_a_year]
unit     = "ratio"
title    = "orders a year"
says     = "Orders to date ÷ customer-years from the first order to the as-of date or, once lapsed, to the last order plus one window."
opens_as = "customers"
[columns.years]
unit     = "years"
says     = "Mean customer-years so counted."
opens_as = "customers"
[columns.textbook_clv]
unit     = "money"
title    = "textbook CLV"
says     = "The product of the three."
opens_as = "customers"
*/
with lived as (
    select
        orders,
        value,
        (least($as_of, last_day + coalesce($window, 36500)::integer) - first_day + 1) / 365.25 as years
    from customers
    where customer_key in (from scope)
),
summed as (
    select
        count(*)    as customers,
        sum(orders) as orders,
        sum(value)  as value,
        sum(years)  as years
    from lived
)
select
    customers,
    value / nullif(orders, 0)                                                          as average_order,
    orders / nullif(years, 0)                                                          as orders_a_year,
    years / nullif(customers, 0)                                                       as years,
    value / nullif(orders, 0) * orders / nullif(years, 0) * years / nullif(customers, 0) as textbook_clv
from summed
