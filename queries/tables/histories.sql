/*
title = "Purchase histories on a day"
says  = "How often and when each customer had bought by day d, of everyone or of those in scope: what the purchase model knows of them."
grain = "one row per customer with a purchase by the day"
kind  = "macro"
needs = ["purchases_of"]

[columns]
customer_key    = { unit = "key", says = "The customer." }
last_day        = { unit = "date", says = "Their last purchase on or before the day." }
purchases       = { unit = "purchases", says = "Purchases on or before the day." }
x               = { unit = "purchases", says = "Those after the first." }
t_x             = { unit = "days", says = "From the first purchase to the last." }
age             = { unit = "days", says = "From the first purchase to the day, T." }
days_since_last = { unit = "days", says = "Silence on the day." }
*/
create or replace macro histories(d, who) as table
select
    customer_key,
    day                  as last_day,
    nth                  as purchases,
    nth - 1              as x,
    day - customer_since as t_x,
    d - customer_since   as age,
    d - day              as days_since_last
from purchases_of(who)
where day <= d and coalesce(next_day > d, true)
