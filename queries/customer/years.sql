/*
title = "Money by year"
says  = "The customer's value in each calendar year."
grain = "one row per year with a purchase"

[params]
customer_key = "int"

[columns]
year      = { unit = "year" }
purchases = { unit = "purchases" }
value     = { unit = "money" }
*/
select
    year(day)   as year,
    count(*)    as purchases,
    sum(value)  as value
from purchases
where customer_key = $customer_key
group by year(day)
order by year
