/*
title = "Spend model"
says  = "Parameters of the Gamma-Gamma model of what a purchase is worth, fitted to the repeat purchases; empty where there is no purchase model or no money."
grain = "one row"
kind  = "fitted"
needs = ["purchases", "shop", "purchase_model"]

[columns]
p           = { unit = "number", says = "Shape of a customer's purchases." }
q           = { unit = "number", says = "Shape of the differences between customers." }
gamma       = { unit = "money", says = "Scale of the differences between customers." }
ceiling     = { unit = "money", says = "Where a customer's mean is cut, so that one wild order does not lead every list." }
mean        = { unit = "money", says = "What a purchase is worth on average over the population." }
correlation = { unit = "number", says = "Between how often and how much customers buy; the model takes it for none." }
customers   = { unit = "customers", says = "Customers it was fitted to." }
*/
select
    count(*) - 1                            as x,
    avg(purchases.value) filter (where nth > 1)       as repeat_value,
    avg(purchases.value)                              as value
from purchases
cross join shop
cross join purchase_model
where day <= as_of
  and purchase_model.why_null is null
group by customer_key
having avg(purchases.value) is not null
