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
first_gap    = { unit = "days", says = "From the first purchase to the second; to the day where there is none yet." }
purchases    = { unit = "purchases", says = "Purchases in the days after." }
category     = { unit = "text", says = "Of the first order, like all that follows." }
product      = { unit = "text", says = "Its dearest." }
country      = { unit = "text", says = "Where it went." }
channel      = { unit = "text", says = "Through which it came." }
discount     = { unit = "text", says = "yes or no: discounted." }
size         = { unit = "text", says = "Beside all first orders by the day: small, middle or large third." }
*/
with histories as (
    select
        customer_key,
        count(*) filter (where day <= $day) - 1                                     as x,
        max(day) filter (where day <= $day) - min(day)                              as t_x,
        $day - min(day)                                                             as age,
        count(*) filter (where day <= $day and day > $day - 365)                    as orders_365,
        coalesce(avg(value) filter (where day <= $day), 0)                          as value,
        coalesce(min(day) filter (where nth = 2 and day <= $day), $day) - min(day)  as first_gap,
        count(*) filter (where day > $day and day <= $day + $horizon::integer)      as purchases
    from purchases
    where customer_key % $one_of = 0
    group by customer_key
)
select
    histories.*,
    first_category as category,
    first_product  as product,
    first_country  as country,
    first_channel  as channel,
    first_discount as discount,
    case
        when first_value is null then null
        when cume_dist() over (order by first_value nulls last) <= 1 / 3 then 'small'
        when cume_dist() over (order by first_value nulls last) <= 2 / 3 then 'middle'
        else 'large'
    end            as size
from histories
join first_orders using (customer_key)
where x >= 0
order by customer_key
