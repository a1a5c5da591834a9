/*
title = "Two spans up to the as-of date"
says  = "What each customer was worth in the 90, 180 and 365 days up to the as-of date, and in as many days before these."
grain = "one row per customer and length of the spans that they bought in"
kind  = "table"
needs = ["purchases", "shop"]

[params]
as_of = "date"

[columns]
span_days    = { unit = "days", says = "Length of each of the two spans." }
customer_key = { unit = "key", says = "Who bought in one of them." }
value_before = { unit = "money", says = "Their value in the first; empty where no value of the two is known." }
value_after  = { unit = "money", says = "Their value in the second." }
*/
create or replace table two_spans as
with spans as (
    select unnest([90, 180, 365]) as span_days, coalesce($as_of::date, as_of) as last_day
    from shop
),
bought as (
    select
        customer_key,
        span_days,
        value,
        day > last_day - span_days as is_after
    from purchases
    join spans on day > last_day - 2 * span_days and day <= last_day
)
select
    span_days::smallint as span_days,
    customer_key,
    case when count(value) > 0 then coalesce(sum(case when not is_after then value end), 0) end as value_before,
    case when count(value) > 0 then coalesce(sum(case when is_after then value end), 0) end     as value_after
from bought
group by span_days, customer_key
