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
alike_by        = { unit = "code", says = "What the look-alikes of a one-time buyer have in common: an attribute of the first order, or everyone; empty where the chance over 90 days does not come from look-alikes." }
alike_value     = { unit = "text", says = "Its value." }
alike_customers = { unit = "customers", says = "Look-alikes who were silent for longer than this customer is." }
alike_back      = { unit = "customers", says = "Of those, have bought again since." }
*/
create or replace table chosen_chances as
select
    customer_key,
    null::double as p_no_order_30d,
    null::double as p_no_order_90d,
    null::double as p_no_order_180d,
    ''::varchar  as alike_by,
    ''::varchar  as alike_value,
    0::bigint    as alike_customers,
    0::bigint    as alike_back
from purchases
where false
