/*
title = "The customer"
says  = "Who it is, since when, and how they stand today."
grain = "one row"

[params]
customer_key = "int"
*/
select
    customers.*,
    shop.as_of,
    shop.first_day          as shop_first_day,
    purchase_model.why_null as why_no_forecast
from customers
cross join shop
cross join purchase_model
where customer_key = $customer_key
