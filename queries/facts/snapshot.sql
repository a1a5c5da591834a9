/*
title = "The shop on a past day"
says  = "Every customer known on a day as the purchase models see them, and what they bought in the days after."
grain = "one row per customer with a purchase by the day"

[params]
day      = "date"
horizon  = "int"
one_of   = "int"

[columns]
customer_key = { unit = "key", says = "The customer." }
x            = { unit = "purchases", says = "Purchases after the first." }
t_x          = { unit = "days", says = "From the first purchase to the last." }
age          = { unit = "days", says = "From the first purchase to the day." }
orders_365   = { unit = "purchases", says = "Purchases in the 365 days up to the day." }
value        = { unit = "money", says = "Mean value of a purchase so far; 0 where not known." }
purchases    = { unit = "purchases", says = "Purchases in the days after." }
*/
with histories as (
    select
        customer_key,
        count(*) filter (where day <= $day) - 1                                     as x,
        max(day) filter (where day <= $day) - min(day)                              as t_x,
        $day - min(day)                                                             as age,
        count(*) filter (where day <= $day and day > $day - 365)                    as orders_365,
        coalesce(avg(value) filter (where day <= $day), 0)                          as value,
        count(*) filter (where day > $day and day <= $day + $horizon::integer)      as purchases
    from purchases
    where customer_key % $one_of = 0
    group by customer_key
)
from histories
where x >= 0
order by customer_key
