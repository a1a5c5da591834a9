/*
title = "First orders"
says  = "Everyone whose first order was paid, refunded or cancelled, with that order, the latest first: those whose only order was given back are among them."
grain = "one row per customer"
sort  = ["-day", "customer_key"]

[columns]
customer_key   = { unit = "key", hidden = true }
customer_id    = { unit = "text", title = "customer" }
name           = { unit = "text" }
country        = { unit = "text" }
day            = { unit = "date", title = "first order" }
first_order    = { unit = "text", title = "which was" }
first_product  = { unit = "text", title = "product" }
first_category = { unit = "text", title = "category" }
first_code     = { unit = "text", title = "code" }
first_channel  = { unit = "text", title = "channel" }
status         = { unit = "code", sentences = { active = "active", at_risk = "at risk", lapsed = "lapsed", none = "never bought" } }
purchases      = { unit = "purchases" }
value          = { unit = "money" }
last_day       = { unit = "date", title = "last" }
email          = { unit = "text" }
phone          = { unit = "text" }
consent        = { unit = "text" }
*/
select
    customer_key, raw_orders.customer_id,
    coalesce(customers.name, raw_orders.name)       as name,
    coalesce(customers.country, raw_orders.country) as country,
    arrivals.day, first_order, arrivals.first_product, arrivals.first_category, first_code, first_channel,
    case when customers.orders is null then 'none' else customers.status end as status,
    coalesce(purchases, 0)                          as purchases,
    customers.value, last_day,
    coalesce(customers.email, raw_orders.email)     as email,
    coalesce(customers.phone, raw_orders.phone)     as phone,
    coalesce(customers.consent, raw_orders.consent) as consent
from arrivals
join raw_orders using (order_key)
left join customers using (customer_key)
where customer_key in (from scope)
   or customers.orders is null and (select count(*) from scope) = (select customers from shop)
