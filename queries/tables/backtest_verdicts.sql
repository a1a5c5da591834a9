/*
title = "Verdicts of the backtest"
says  = "Which method supplies the chances over each horizon, and why; empty until the forecast has been tested."
grain = "one row per horizon"
kind  = "table"
needs = ["purchases"]

[columns]
horizon_days = { unit = "days", says = "Days looked ahead." }
method       = { unit = "text", says = "mbg, look_alikes, orders, recency or learned." }
predicts     = { unit = "yes or no", says = "Whether history tells buyers from others; empty where it could not be tested." }
reason       = { unit = "code", says = "Why this method: untested, one_kind, unpredictable, best_model, tied_model or best." }
tests        = { unit = "count", says = "Past days at which methods were compared; where those were too few, all there are." }
auc          = { unit = "number", says = "Of the method in force; empty where untested." }
brier        = { unit = "number", says = "The same." }
model_brier  = { unit = "number", says = "Of the purchase model." }
rival        = { unit = "text", says = "The best of the other methods by Brier score." }
rival_brier  = { unit = "number", says = "Its Brier score." }
spread       = { unit = "number", says = "Root mean square of ln((actual + ½) ÷ (expected + ½)) of totals; empty below three cut-offs." }
season       = { unit = "ratio", says = "What expected totals are multiplied by: last year's actual ÷ expected for the season." }
seasonal     = { unit = "yes or no", says = "Whether a year of history allowed it." }
one_of       = { unit = "count", says = "One customer in so many took part in the test." }
*/
create or replace table backtest_verdicts as
select
    0 as horizon_days, '' as method, null::boolean as predicts, '' as reason,
    0 as tests, null::double as auc, null::double as brier, null::double as model_brier,
    '' as rival, null::double as rival_brier,
    null::double as spread, null::double as season, null::boolean as seasonal, 1 as one_of
from purchases
where false
