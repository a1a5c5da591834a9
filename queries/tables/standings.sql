/*
title = "Standings"
says  = "Where every customer stood at the ends of each span of the strip, and what they had spent by its last day."
grain = "one row per span of the strip and customer with a purchase by its last day"
kind  = "table"
needs = ["purchases", "active_on", "status_on", "lapse_window", "own_period"]

[columns]
day_before     = { like = "tables/strip_spans" }
last_day       = { like = "tables/strip_spans" }
customer_key   = { unit = "key", says = "The customer." }
kept           = { unit = "yes or no", says = "Of those active the day before the span: whether they were on its last day." }
active         = { unit = "yes or no", says = "Bought within the lapse window up to the last day." }
at_risk        = { unit = "yes or no", says = "Active, and silent for longer than three of four of their usual gaps." }
value          = { unit = "money", says = "Value to date, on the last day." }
orders_in_year = { unit = "orders", says = "Orders in the 365 days up to the last day; empty without any." }
value_in_year  = { unit = "money", says = "What these are worth." }
returning_in_year = { unit = "money", says = "Of that, from purchases that are not the customer's first." }
value_year_before = { unit = "money", says = "Value of the 365 days before those, where it is above nought." }
value_kept     = { unit = "money", says = "What those who have such a value spent in the later year." }
priced         = { unit = "yes or no", says = "Whether the value of any purchase of the two years is known; empty without any." }
bought_once    = { unit = "yes or no", says = "Whether they had one purchase by the last day." }
first_gap_days = { unit = "days", says = "From the first purchase to the second, or to the last day while there is none." }
second_seen    = { unit = "yes or no", says = "Whether the second purchase came by the last day." }
second_missing = { unit = "yes or no", says = "Of those whose first 90 days ended in the span: whether these brought no second purchase." }
silent_at_start = { unit = "days", says = "Silence on the day before the span; empty for those who had not bought by then." }
silent_at_end  = { unit = "days", says = "Silence on the last day." }
kind           = { unit = "number", says = "One number for the span and how the customer stood in it: kept, active, at_risk, bought_once and second_missing." }
*/
create or replace table standings (
    day_before date,
    last_day date,
    customer_key bigint,
    kept boolean,
    active boolean,
    at_risk boolean,
    value double,
    orders_in_year integer,
    value_in_year double,
    returning_in_year double,
    value_year_before double,
    value_kept double,
    priced boolean,
    bought_once boolean,
    first_gap_days integer,
    second_seen boolean,
    second_missing boolean,
    silent_at_start integer,
    silent_at_end integer,
    kind smallint
)
