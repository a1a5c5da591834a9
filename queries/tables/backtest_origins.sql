/*
title = "Cut-offs of the backtest"
says  = "What the purchase model expected on each past day, and what came; empty until the forecast has been tested."
grain = "one row per horizon and past day"
kind  = "table"
needs = ["purchases"]

[columns]
horizon_days       = { unit = "days", says = "Days looked ahead." }
origin             = { unit = "date", says = "The past day." }
customers          = { unit = "customers", says = "Customers known by then." }
buyers             = { unit = "customers", says = "Of those, bought in the days after." }
purchases          = { unit = "purchases", says = "Their purchases in the days after." }
expected_purchases = { unit = "purchases", says = "What the model expected." }
last_year          = { unit = "ratio", says = "Actual ÷ expected of the cut-off a year before." }
*/
create or replace table backtest_origins as
select
    0 as horizon_days, current_date as origin, 0.0::double as customers, 0.0::double as buyers,
    0.0::double as purchases, 0.0::double as expected_purchases, null::double as last_year
from purchases
where false
