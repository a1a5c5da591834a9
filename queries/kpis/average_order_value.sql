/*
title = "Average order"
says  = "Value of the last 365 days ÷ its orders."
grain = "one row"
looks_back = "year"

[params]
last_day = "date"

[columns]
value    = { unit = "money", opens_as = "n" }
n        = { unit = "customers", title = "bought in the last 365 days", opens = "customer_key in (select customer_key from purchases where day > $last_day - 365 and day <= $last_day)" }
why_null = { unit = "code", sentences = { no_customers = "Nobody bought in the last 365 days.", no_money = "The export has no money column." } }
*/
select
    value / nullif(orders, 0) as value,
    customers as n,
    case
        when customers = 0 then 'no_customers'
        when value / nullif(orders, 0) is null then 'no_money'
    end       as why_null
from year_until($last_day)
