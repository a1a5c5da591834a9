/*
title = "Expected purchases, if still a customer"
says  = "What the purchase model expects over the next 12 months of someone who is still a customer, by repeat purchases and age."
grain = "one row per number of repeat purchases and age in days"
kind  = "fitted"
needs = ["histories", "shop", "purchase_model"]

[params]
discount = "double"

[columns]
x              = { unit = "purchases", says = "Purchases after the first." }
age            = { unit = "days", says = "Days since the first purchase." }
expected_12m   = { unit = "purchases", says = "Purchases in the next 365 days." }
discounted_12m = { unit = "purchases", says = "The same, those later in the year discounted." }
*/
with known as (
    from histories((select as_of from shop), 'everyone')
),
ages as (
    select x, age from known
    union
    select x, t_x from known
)
select x, age, r, alpha, a, b, $discount as discount
from ages
cross join purchase_model
where why_null is null
