/*
title = "How well the forecast did on the shop's own past"
says  = "Each method at the same past days, a horizon apart, knowing only what was known then; the best by Brier score supplies the chances."
grain = "one row per horizon and method"

[columns.horizon_days]
unit  = "days"
title = "ahead"
says  = "Days looked ahead."
[columns.method]
unit = "code"
says = "What ranks the customers."
[columns.method.sentences]
mbg         = "purchase model (MBG/NBD)"
look_alikes = "purchase model, with look-alikes for one-time buyers"
orders      = "purchases in the last 365 days"
recency     = "days since the last purchase"
learned     = "regression on the shop's own past"
[columns.chosen]
unit = "yes or no"
says = "Supplies the chances in force."
[columns.cut_offs]
unit  = "count"
title = "past days"
says  = "Past days at which the methods were tested."
[columns.auc]
unit  = "number"
title = "AUC"
says  = "Chance that a buyer is ranked above someone who does not buy; .5 is a coin."
[columns.auc_low]
unit = "number"
says = "Lower end of the 95 % interval."
[columns.auc_high]
unit = "number"
says = "Upper end of the 95 % interval."
[columns.brier]
unit  = "number"
title = "Brier"
says  = "Mean squared error of the chances; less is better."
[columns.brier_low]
unit = "number"
says = "Lower end of the 95 % interval."
[columns.brier_high]
unit = "number"
says = "Upper end of the 95 % interval."
[columns.lift]
unit  = "ratio"
title = "top tenth"
says  = "Buyers in the tenth ranked first ÷ a tenth of all buyers."
[columns.bias]
unit = "share"
says = "Expected ÷ actual buyers, less 1."
[columns.predicts]
unit = "yes or no"
says = "Whether history tells buyers from others; empty where it could not be tested."
[columns.band_low]
unit  = "ratio"
title = "totals from"
says  = "Lower end of the 90 % band of a total, as a multiple of what the purchase model expects."
[columns.band_high]
unit  = "ratio"
title = "to"
says  = "Upper end of the band."
*/
with tested as (
    select horizon_days, greatest(count(*) - 1, 0) as cut_offs
    from backtest_origins
    group by horizon_days
)
select
    horizon_days,
    backtest_methods.method,
    backtest_methods.method = backtest_verdicts.method as chosen,
    cut_offs,
    backtest_methods.auc, auc_low, auc_high,
    backtest_methods.brier, brier_low, brier_high,
    lift,
    bias,
    predicts,
    season * exp(-1.645 * spread) as band_low,
    season * exp(1.645 * spread)  as band_high
from backtest_methods
join backtest_verdicts using (horizon_days)
join tested using (horizon_days)
order by horizon_days, backtest_methods.brier
