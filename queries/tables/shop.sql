/*
title = "The shop"
says  = "The shop's span of time and its totals."
grain = "one row"
kind  = "table"
needs = ["orders", "choices"]

[columns]
first_day    = { unit = "date", says = "Day of the first eligible order." }
last_day     = { unit = "date", says = "Day of the last eligible order." }
as_of        = { unit = "date", says = "The day the shop is looked at: chosen, or the last day." }
history_days = { unit = "days", says = "Days from the first day to the as-of date." }
orders       = { unit = "orders", says = "Eligible orders." }
customers    = { unit = "customers", says = "Customers with an eligible order." }
value        = { unit = "money", says = "What these orders are worth together." }
*/
create or replace table shop as
select
    min(day)                                                 as first_day,
    max(day)                                                 as last_day,
    coalesce(any_value(chosen_as_of), max(day))              as as_of,
    coalesce(any_value(chosen_as_of), max(day)) - min(day)   as history_days,
    count(*)                                                 as orders,
    count(distinct customer_key)                             as customers,
    sum(value)                                               as value
from orders
cross join choices
