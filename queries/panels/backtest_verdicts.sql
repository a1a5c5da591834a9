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
mbg     = "purchase model (MBG/NBD)"
orders  = "purchases in the last 365 days"
recency = "days since the last purchase"
learned = "regression on the shop's own past"
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
[columns.why]
unit = "text"
says = "In a sentence."
*/
select
    horizon_days,
    method,
    predicts,
    season * exp(-1.645 * spread) as band_low,
    season * exp(1.645 * spread)  as band_high,
    season,
    one_of,
    why
from backtest_verdicts
order by horizon_days
