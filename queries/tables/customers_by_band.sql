/*
title = "Customers by band"
says  = "Customers in scope by their value, clv_12m or value_at_stake, in bands of 1, 2 and 5 times a power of ten."
grain = "one row per band"
kind  = "macro"
needs = ["customers_here", "value_band"]

[columns]
from_value  = { unit = "money", says = "Lower end of the band; the lowest band also holds what is below it." }
to_value    = { unit = "money", says = "Upper end of the band, not included." }
customers   = { unit = "customers", says = "Customers in the band." }
value       = { unit = "money", says = "The column, added up over them." }
value_share = { unit = "share", says = "That ÷ the column added up over all in scope." }
*/
create or replace macro customers_by_band(money) as table
with valued as (
    select columns(lambda c: c = money) as value
    from customers_here
),
-- A band is dear to find and begins at a whole number: it is found once for each of these.
by_whole_number as (
    select
        floor(round(value, 2)) as whole,
        count(*)               as customers,
        sum(value)             as value
    from valued
    where value is not null
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
