/*
title = "How value is spread"
says  = "Customers by value to date, in bands of 1, 2 and 5 times a power of ten."
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
opens = "value_band(value) = $row_from_value"
[columns.value]
unit    = "money"
says    = "Their value to date."
opens   = "value_band(value) = $row_from_value"
adds_up = "sum:value"
[columns.value_share]
unit     = "share"
title    = "of value"
says     = "Their value ÷ the value of all in scope."
opens_as = "value"
*/
from customers_by_band('value')
order by from_value
