/*
title = "Chances by the chosen method"
says  = "Chances of no order by the method that the backtest chose, where that is not the purchase model; empty until it has, and where it is."
grain = "one row per customer, or none"
kind  = "table"
needs = ["purchases"]

[columns]
customer_key    = { unit = "key", says = "The customer." }
p_no_order_30d  = { unit = "share", says = "Chance of no order in the next 30 days." }
p_no_order_90d  = { unit = "share", says = "Chance of no order in the next 90 days." }
p_no_order_180d = { unit = "share", says = "Chance of no order in the next 180 days." }
*/
create or replace table chosen_chances as
select
    customer_key,
    null::double as p_no_order_30d,
    null::double as p_no_order_90d,
    null::double as p_no_order_180d
from purchases
where false
