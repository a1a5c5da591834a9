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
with banded as (
    select value_band(clv_12m) as from_value, clv_12m as value
    from customers
    where customer_key in (from scope)
      and clv_12m is not null
)
select
    from_value,
    case
        when from_value = 0 then 1.0
        when round(from_value / pow(10, floor(log10(from_value) + 1e-9))) = 2 then from_value * 2.5
        else from_value * 2
    end                                                      as to_value,
    count(*)                                                 as customers,
    sum(value)                                               as value,
    sum(value) / nullif(sum(sum(value)) over (), 0)          as value_share
from banded
group by from_value
order by from_value
