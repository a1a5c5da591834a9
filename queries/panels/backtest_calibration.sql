/*
title = "Forecast chances and what happened"
says  = "Customers sorted by their forecast into tenths: of those told 30 %, three of ten should have bought."
grain = "one row per horizon, method and tenth"
chart = { kind = "line", x = "forecast", y = ["happened"], band = ["low", "high"] }

[columns.horizon_days]
unit  = "days"
title = "ahead"
says  = "Days looked ahead."
[columns.method]
unit = "code"
says = "What the chances come from."
[columns.method.sentences]
mbg         = "purchase model (MBG/NBD)"
look_alikes = "purchase model, with look-alikes for one-time buyers"
orders      = "purchases in the last 365 days"
recency     = "days since the last purchase"
learned     = "regression on the shop's own past"
[columns.chosen]
unit = "yes or no"
says = "Supplies the chances in force."
[columns.tenth]
unit = "count"
says = "1 for the lowest forecasts."
[columns.customers]
unit = "customers"
says = "Customers in it, counted at each past day."
[columns.forecast]
unit = "share"
says = "Mean forecast chance to buy."
[columns.happened]
unit = "share"
says = "Share that bought."
[columns.low]
unit = "share"
says = "Lower end of Wilson's 95 % interval."
[columns.high]
unit = "share"
says = "Upper end of Wilson's 95 % interval."
*/
select
    horizon_days,
    backtest_bins.method,
    backtest_bins.method = backtest_verdicts.method as chosen,
    tenth,
    customers,
    forecast,
    happened,
    low,
    high
from backtest_bins
join backtest_verdicts using (horizon_days)
order by horizon_days, chosen desc, backtest_bins.method, tenth
