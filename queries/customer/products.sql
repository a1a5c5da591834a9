/*
title = "Products"
says  = "What the customer bought, by money."
grain = "one row per product"

[params]
customer_key = "int"

[columns]
product  = { unit = "text" }
category = { unit = "text" }
quantity = { unit = "count", title = "pieces" }
value    = { unit = "money" }
last_day = { unit = "date", title = "last" }
*/
select
    coalesce(product, sku) as product,
    any_value(category)    as category,
    sum(quantity)          as quantity,
    sum(value)             as value,
    max(day)               as last_day
from lines
where customer_key = $customer_key
group by coalesce(product, sku)
order by value desc nulls last, product
