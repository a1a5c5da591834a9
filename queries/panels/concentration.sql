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
with listed as materialized (
    select value
    from customers_here
),
borders as (
    select
        unnest([0.01::double, 0.05::double, 0.1::double, 0.2::double, 0.5::double])       as top_share,
        -unnest(quantile_disc(coalesce(-value, 'infinity'), [0.01, 0.05, 0.1, 0.2, 0.5])) as border,
        count(*)                                                                          as listed,
        sum(value)                                                                        as value
    from listed
    having count(*) > 0
),
reached as (
    select top_share, count(*) as customers, sum(listed.value) as value
    from listed
    join borders on listed.value >= border
    group by top_share
),
counted as (
    select
        top_share,
        ceil(top_share * listed)::bigint as customers,
        border,
        reached.customers                as reaching,
        reached.value                    as reached,
        borders.value                    as all_value
    from borders
    left join reached using (top_share)
)
select
    top_share,
    customers,
    -- Of those who have spent exactly as much as the last one some may be too many.
    reached - case when reaching > customers then (reaching - customers) * border else 0 end as value,
    value / nullif(all_value, 0)                                                             as value_share
from counted
order by top_share
