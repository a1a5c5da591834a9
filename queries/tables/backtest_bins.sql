/*
title = "Calibration in the backtest"
says  = "Customers sorted by their forecast into tenths: what was forecast, and what happened; empty until the forecast has been tested."
grain = "one row per horizon, method and tenth"
kind  = "table"
needs = ["purchases"]

[columns]
horizon_days = { unit = "days", says = "Days looked ahead." }
method       = { unit = "text", says = "mbg, look_alikes, orders, recency or learned." }
tenth        = { unit = "count", says = "1 for the lowest forecasts." }
customers    = { unit = "customers", says = "Customers in it, over all cut-offs." }
forecast     = { unit = "share", says = "Mean forecast chance to buy." }
happened     = { unit = "share", says = "Share that bought." }
low          = { unit = "share", says = "Lower end of Wilson's 95 % interval." }
high         = { unit = "share", says = "Upper end of Wilson's 95 % interval." }
*/
create or replace table backtest_bins as
select
    0 as horizon_days, '' as method, 0 as tenth, 0.0::double as customers,
    0.0::double as forecast, 0.0::double as happened, 0.0::double as low, 0.0::double as high
from purchases
where false
