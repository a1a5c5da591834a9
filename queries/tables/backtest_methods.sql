/*
title = "Methods in the backtest"
says  = "How each method did over all past cut-offs; empty until the forecast has been tested."
grain = "one row per horizon and method"
kind  = "table"
needs = ["purchases"]

[columns]
horizon_days = { unit = "days", says = "Days looked ahead." }
method       = { unit = "text", says = "mbg, look_alikes, orders, recency or learned." }
auc          = { unit = "share", says = "Chance that a buyer is ranked above a non-buyer; a half is a coin." }
auc_low      = { unit = "share", says = "Lower end of the 95 % interval." }
auc_high     = { unit = "share", says = "Upper end of the 95 % interval." }
brier        = { unit = "number", says = "Mean squared error of the chances." }
brier_low    = { unit = "number", says = "Lower end of the 95 % interval." }
brier_high   = { unit = "number", says = "Upper end of the 95 % interval." }
lift         = { unit = "ratio", says = "Buyers in the tenth ranked first ÷ a tenth of all buyers." }
lift_low     = { unit = "ratio", says = "Lower end of the 95 % interval." }
lift_high    = { unit = "ratio", says = "Upper end of the 95 % interval." }
bias         = { unit = "share", says = "Expected ÷ actual buyers, less 1." }
*/
create or replace table backtest_methods as
select
    0 as horizon_days, '' as method,
    0.0::double as auc, 0.0::double as auc_low, 0.0::double as auc_high,
    0.0::double as brier, 0.0::double as brier_low, 0.0::double as brier_high,
    0.0::double as lift, 0.0::double as lift_low, 0.0::double as lift_high,
    0.0::double as bias
from purchases
where false
