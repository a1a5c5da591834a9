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
-- A band is dear to find and begins at a whole number: it is found once for each of these.
with by_whole_number as (
    select
        floor(round(clv_12m, 2)) as whole,
        count(*)                 as customers,
        sum(clv_12m)             as value
    from customer_facts
    join scope using (customer_key)
    where clv_12m is not null
    group by whole
),
banded as (
    select
        value_band(whole) as from_value,
        sum(customers)    as customers,
        sum(value)        as value
    from by_whole_number
    group by from_value
)
select
    from_value,
    case
        when from_value = 0 then 1.0
        when round(from_value / pow(10, floor(log10(from_value) + 1e-9))) = 2 then from_value * 2.5
        else from_value * 2
    end                                   as to_value,
    customers::bigint                     as customers,
    value,
    value / nullif(sum(value) over (), 0) as value_share
from banded
order by from_value
