/*
title = "Expected and actual purchases at past days"
says  = "What the purchase model expected of all customers known on a past day over the days after it, and what came."
grain = "one row per horizon and past day"
chart = { kind = "line", x = "origin", y = ["expected_purchases", "purchases"] }

[columns.horizon_days]
unit  = "days"
title = "ahead"
says  = "Days looked ahead."
[columns.origin]
unit  = "date"
title = "past day"
says  = "The model knew what happened up to this day."
[columns.customers]
unit = "customers"
says = "Customers known by then, as the test saw them."
[columns.buyers]
unit = "customers"
says = "Of those, bought in the days after."
[columns.purchases]
unit  = "purchases"
title = "came"
says  = "Their purchases in the days after."
[columns.expected_purchases]
unit  = "purchases"
title = "expected"
says  = "What the purchase model expected, before any scaling for the season."
[columns.off]
unit = "share"
says = "Expected ÷ actual, less 1."
*/
select
    horizon_days,
    origin,
    customers,
    buyers,
    purchases,
    expected_purchases,
    expected_purchases / nullif(purchases, 0) - 1 as off
from backtest_origins
order by horizon_days, origin
