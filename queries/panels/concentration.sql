/*
title = "Concentration"
says  = "Share of all value that the most valuable customers bring."
grain = "one row per share of customers"
chart = { kind = "bars", x = "top_share", y = ["value_share"] }

[columns.top_share]
unit  = "share"
title = "top"
says  = "Share of customers, the most valuable first, rounded up to a whole customer."
[columns.customers]
unit  = "customers"
says  = "How many that is."
opens = "customer_key in (select customer_key from customers where customer_key in (from scope) qualify row_number() over (order by value desc nulls last, customer_key) <= ceil($row_top_share * count(*) over ()))"
[columns.value]
unit    = "money"
says    = "Their value to date."
opens   = "customer_key in (select customer_key from customers where customer_key in (from scope) qualify row_number() over (order by value desc nulls last, customer_key) <= ceil($row_top_share * count(*) over ()))"
adds_up = "sum:value"
[columns.value_share]
unit     = "share"
title    = "of value"
says     = "Their value ÷ the value of all in scope."
opens_as = "value"
*/
with shares as (
    select unnest([0.01::double, 0.05::double, 0.1::double, 0.2::double, 0.5::double]) as top_share
),
ranked as (
    select
        value,
        row_number() over (order by value desc nulls last, customer_key) as place,
        count(*) over ()                                                 as customers
    from customers
    where customer_key in (from scope)
)
select
    top_share,
    count(*) filter (where place <= ceil(top_share * ranked.customers))                                as customers,
    sum(value) filter (where place <= ceil(top_share * ranked.customers))                              as value,
    sum(value) filter (where place <= ceil(top_share * ranked.customers)) / nullif(sum(value), 0)      as value_share
from shares
cross join ranked
group by top_share
order by top_share
