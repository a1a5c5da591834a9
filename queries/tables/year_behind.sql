/*
title = "The year behind"
says  = "What each customer bought in the 365 days up to the as-of date, and how long they had been silent at both ends of these."
grain = "one row per customer with a purchase by the as-of date"
kind  = "table"
needs = ["purchases", "shop"]

[params]
as_of = "date"

[columns]
customer_key   = { unit = "key", says = "The customer." }
orders         = { unit = "orders", says = "Orders of the year; empty without any." }
value          = { unit = "money", says = "What these are worth." }
silence_before = { unit = "days", says = "Silence on the day before the year; empty where the first purchase came later." }
silence        = { unit = "days", says = "Silence on the as-of date." }
*/
create or replace table year_behind as
with day as (
    select coalesce($as_of::date, as_of) as last_day
    from shop
)
select
    customer_key,
    sum(case when day > last_day - 365 then orders end)::integer                as orders,
    sum(case when day > last_day - 365 then value end)                          as value,
    min(case when day <= last_day - 365 then last_day - 365 - day end)::integer as silence_before,
    min(last_day - day)::integer                                                as silence
from purchases
cross join day
where day <= last_day
group by customer_key
