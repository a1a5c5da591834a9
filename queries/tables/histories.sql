/*
title = "Purchase histories on a day"
says  = "How often and when each customer had bought by day d: what the purchase model knows of them."
grain = "one row per customer with a purchase by the day"
kind  = "macro"
needs = ["purchases"]

[columns]
customer_key    = { unit = "key", says = "The customer." }
last_day        = { unit = "date", says = "Their last purchase on or before the day." }
purchases       = { unit = "purchases", says = "Purchases on or before the day." }
x               = { unit = "purchases", says = "Those after the first." }
t_x             = { unit = "days", says = "From the first purchase to the last." }
age             = { unit = "days", says = "From the first purchase to the day, T." }
days_since_last = { unit = "days", says = "Silence on the day." }
*/
create or replace macro histories(d) as table
select
    newest.customer_key,
    newest.day              as last_day,
    newest.nth              as purchases,
    newest.nth - 1          as x,
    newest.day - oldest.day as t_x,
    d - oldest.day          as age,
    d - newest.day          as days_since_last
from purchases as newest
join purchases as oldest on oldest.customer_key = newest.customer_key and oldest.nth = 1
where newest.day <= d and coalesce(newest.next_day > d, true)
