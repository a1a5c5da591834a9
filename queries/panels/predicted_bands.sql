/*
title = "How the next 12 months are spread"
says  = "Customers by predicted value of the next 12 months, the lapsed included, in bands of 1, 2 and 5 times a power of ten; empty without a forecast."
grain = "one row per band"
chart = { kind = "bars", x = "from_value", y = ["customers"] }

[columns.from_value]
unit  = "money"
title = "from"
says  = "Lower end of the band; the lowest band also holds what is below it."
[columns.to_value]
unit  = "money"
title = "below"
says  = "Upper end of the band, not included."
[columns.customers]
unit  = "customers"
says  = "Customers in the band."
opens = "value_band(clv_12m) = $row_from_value"
[columns.value]
unit    = "money"
says    = "Their predicted value of the next 12 months."
opens   = "value_band(clv_12m) = $row_from_value"
adds_up = "sum:clv_12m"
[columns.value_share]
unit     = "share"
title    = "of value"
says     = "Their predicted value ÷ that of all in scope."
opens_as = "value"
*/
from customers_by_band('clv_12m')
order by from_value
