/*
title = "Totals of the strip"
says  = "What the sums of the strip are made of: standings of the customers in scope, counted and added up over each span."
grain = "one row per span of the strip"
kind  = "table"
needs = ["standings", "scope"]

[columns]
day_before            = { like = "tables/strip_spans" }
last_day              = { like = "tables/strip_spans" }
customers             = { unit = "customers", says = "With a purchase by the last day." }
active_at_start       = { unit = "customers", says = "Active the day before the span." }
retained              = { unit = "customers", says = "Of those, active on the last day." }
active                = { unit = "customers", says = "Active on the last day." }
at_risk               = { unit = "customers", says = "Of those, at risk." }
at_risk_once          = { unit = "customers", says = "Of those, with one purchase." }
lost_once             = { unit = "customers", says = "Of those lost, with one purchase." }
newcomers             = { unit = "customers", says = "Whose first 90 days ended in the span." }
no_second             = { unit = "customers", says = "Of those, without a second purchase in these days." }
no_second_once        = { unit = "customers", says = "Of those, with one purchase still on the last day." }
value_at_risk         = { unit = "money", says = "What those at risk have spent to date." }
value_lost            = { unit = "money", says = "What those lost have spent to date." }
value_no_second       = { unit = "money", says = "What those without a second purchase have spent to date." }
valued                = { unit = "customers", says = "Whose value to date is known." }
value_to_date         = { unit = "money", says = "That value, added up." }
value_squares         = { unit = "number", says = "Its squares, added up." }
bought_in_year        = { unit = "customers", says = "Bought in the 365 days up to the last day." }
orders_sum            = { unit = "orders", says = "Orders in the 365 days up to the last day." }
orders_squares        = { unit = "number", says = "Their squares by customer, added up." }
valued_in_year        = { unit = "customers", says = "With a known value of these orders." }
value_sum             = { unit = "money", says = "That value, added up." }
value_in_year_squares = { unit = "number", says = "Its squares by customer, added up." }
value_by_orders       = { unit = "number", says = "Value × orders of the year by customer, added up." }
orders_valued         = { unit = "orders", says = "Orders in the year of those with a known value of them." }
orders_valued_squares = { unit = "number", says = "Their squares by customer, added up." }
returning_sum         = { unit = "money", says = "Of the value of the year, from purchases that are not the customer's first." }
returning_squares     = { unit = "number", says = "Its squares by customer, added up." }
returning_by_value    = { unit = "number", says = "That × the value of the year by customer, added up." }
bought_year_before    = { unit = "customers", says = "Spent more than nought in the 365 days before these." }
before_sum            = { unit = "money", says = "What those spent then." }
before_squares        = { unit = "number", says = "Its squares by customer, added up." }
after_sum             = { unit = "money", says = "What they spent in the later year." }
after_squares         = { unit = "number", says = "Its squares by customer, added up." }
after_by_before       = { unit = "number", says = "Both multiplied by customer, added up." }
priced                = { unit = "yes or no", says = "Whether the value of any purchase of the two years is known; empty without any." }
*/
create or replace table span_totals (
    day_before date,
    last_day date,
    customers bigint,
    active_at_start bigint,
    retained bigint,
    active bigint,
    at_risk bigint,
    at_risk_once bigint,
    lost_once bigint,
    newcomers bigint,
    no_second bigint,
    no_second_once bigint,
    value_at_risk double,
    value_lost double,
    value_no_second double,
    valued bigint,
    value_to_date double,
    value_squares double,
    bought_in_year bigint,
    orders_sum bigint,
    orders_squares double,
    valued_in_year bigint,
    value_sum double,
    value_in_year_squares double,
    value_by_orders double,
    orders_valued bigint,
    orders_valued_squares double,
    returning_sum double,
    returning_squares double,
    returning_by_value double,
    bought_year_before bigint,
    before_sum double,
    before_squares double,
    after_sum double,
    after_squares double,
    after_by_before double,
    priced boolean
)
