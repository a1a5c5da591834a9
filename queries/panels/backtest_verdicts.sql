/*
title = "What supplies the chances"
says  = "The method in force for each horizon, why, and how far totals were off: nine of ten lay within the band."
grain = "one row per horizon"

[columns.horizon_days]
unit  = "days"
title = "ahead"
says  = "Days looked ahead."
[columns.method]
unit = "code"
says = "What supplies the chances."
[columns.method.sentences]
mbg         = "purchase model (MBG/NBD)"
look_alikes = "purchase model, with look-alikes for one-time buyers"
orders      = "purchases in the last 365 days"
recency     = "days since the last purchase"
learned     = "regression on the shop's own past"
[columns.predicts]
unit = "yes or no"
says = "Whether history tells buyers from others; empty where it could not be tested."
[columns.band_low]
unit  = "ratio"
title = "totals from"
says  = "Lower end of the 90 % band of a total, as a multiple of the expected."
[columns.band_high]
unit  = "ratio"
title = "to"
says  = "Upper end of the band."
[columns.season]
unit = "ratio"
says = "What expected totals are multiplied by for the season, from last year's actual ÷ expected; 1 without a year of history."
[columns.one_of]
unit  = "count"
title = "one in"
says  = "One customer in so many took part in the test."
[columns.reason]
unit   = "code"
hidden = true
[columns.tests]
unit   = "count"
title  = "past days"
says   = "Past days at which methods were compared; where those were too few, all there are."
[columns.auc]
unit  = "number"
title = "AUC"
says  = "Chance that the method ranks a buyer above someone who does not buy; .5 is a coin."
[columns.brier]
unit  = "number"
title = "Brier"
says  = "Mean squared error of its chances; less is better."
[columns.model_brier]
unit  = "number"
title = "Brier of the purchase model"
says  = "The same of the purchase model."
[columns.rival]
unit  = "code"
title = "next best"
says  = "The best of the other methods by Brier score."
[columns.rival.sentences]
mbg         = "purchase model (MBG/NBD)"
look_alikes = "purchase model, with look-alikes for one-time buyers"
orders      = "purchases in the last 365 days"
recency     = "days since the last purchase"
learned     = "regression on the shop's own past"
[columns.rival_brier]
unit  = "number"
title = "its Brier"
says  = "Mean squared error of its chances."
[columns.why]
unit = "sentence"
by   = "reason"
says = "In a sentence."
[columns.why.sentences]
untested      = "Past days with enough history before and {horizon_days} days after: {tests}; a test needs three. So the purchase model (MBG/NBD) is used, untested and without a band."
one_kind      = "Past days tested: {tests}. At each of them either nobody or everybody bought, so nothing can be told apart."
unpredictable = "Past days tested: {tests}. The method that erred least told buyers from others with an AUC of {auc}; a coin has half, and from 0.6 on it is worth acting on."
best_model    = "Past days tested: {tests}. The purchase model erred least (Brier {brier}, AUC {auc}); next: {rival} ({rival_brier})."
tied_model    = "Past days tested: {tests}. The purchase model was as good as any (Brier {brier}, AUC {auc}); {rival} ({rival_brier}) is too close to prefer."
best          = "Past days tested: {tests}. This erred least (Brier {brier}, AUC {auc}); the purchase model: {model_brier}."
*/
select
    horizon_days,
    method,
    predicts,
    season * exp(-1.645 * spread) as band_low,
    season * exp(1.645 * spread)  as band_high,
    season,
    one_of,
    reason,
    tests,
    auc, brier,
    model_brier,
    nullif(rival, '') as rival,
    rival_brier,
    reason as why
from backtest_verdicts
order by horizon_days
