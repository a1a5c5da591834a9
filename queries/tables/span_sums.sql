/*
title = "Sums of the strip"
says  = "What the figures of the strip are made of: the customers in scope, counted and added up over each span."
grain = "one row per span of the strip"
kind  = "table"
needs = ["standings", "scope", "lapse_window", "ratio_error", "why_no_rate", "wilson"]

[columns]
day_before        = { like = "tables/strip_spans" }
last_day          = { like = "tables/strip_spans" }
customers         = { unit = "customers", says = "With a purchase by the last day." }
active_at_start   = { unit = "customers", says = "Active the day before the span." }
why_no_rate       = { unit = "code", says = "Why there is no churn of the span: no_window, too_early, unfinished or no_customers." }
lost              = { unit = "customers", says = "Of those, not active on the last day." }
retained          = { unit = "customers", says = "Of those, active on the last day." }
lost_interval     = { unit = "number", says = "Wilson's 95 % interval of lost ÷ active_at_start: low and high." }
retained_interval = { unit = "number", says = "The same of retained ÷ active_at_start." }
active            = { unit = "customers", says = "Active on the last day." }
at_risk           = { unit = "customers", says = "Of those, at risk." }
value_at_risk     = { unit = "money", says = "What those have spent to date." }
value_mean        = { unit = "money", says = "Value to date per customer." }
value_error       = { unit = "money", says = "Standard error of that." }
bought_in_year    = { unit = "customers", says = "Bought in the 365 days up to the last day." }
orders_mean       = { unit = "ratio", says = "Their orders in these days, per customer." }
orders_error      = { unit = "ratio", says = "Standard error of that." }
order_value       = { unit = "money", says = "Value of these orders ÷ their number." }
order_value_error = { unit = "money", says = "Standard error of that." }
returning_share   = { unit = "share", says = "Share of that value from purchases that are not the customer's first." }
returning_error   = { unit = "share", says = "Standard error of that." }
bought_year_before = { unit = "customers", says = "Spent something in the 365 days before these." }
revenue_kept      = { unit = "share", says = "What those spent in the later year ÷ what they had in the earlier." }
revenue_kept_error = { unit = "share", says = "Standard error of that." }
priced            = { unit = "yes or no", says = "Whether the value of any purchase of the two years is known; empty without any." }
*/
create or replace table span_sums (
    day_before date,
    last_day date,
    customers bigint,
    active_at_start bigint,
    why_no_rate varchar,
    lost bigint,
    retained bigint,
    lost_interval struct(low double, high double),
    retained_interval struct(low double, high double),
    active bigint,
    at_risk bigint,
    value_at_risk double,
    value_mean double,
    value_error double,
    bought_in_year bigint,
    orders_mean double,
    orders_error double,
    order_value double,
    order_value_error double,
    returning_share double,
    returning_error double,
    bought_year_before bigint,
    revenue_kept double,
    revenue_kept_error double,
    priced boolean
)
