/*
title = "Recency, frequency, money on a day"
says  = "Scores from 1 to 5 over all history up to day d; equal customers score equally."
grain = "one row per customer with a purchase by the day"
kind  = "macro"
needs = ["purchases", "rfm_segment"]

[columns]
customer_key = { unit = "key", says = "The customer." }
r       = { unit = "score", says = "Recency: 5 for the fifth that bought last." }
f       = { unit = "score", says = "Frequency: 1 for one purchase, 2 to 5 by rank among those who came back." }
m       = { unit = "score", says = "Money: 5 for the fifth with the highest value." }
segment = { unit = "text", says = "The name of the cell r × f." }
*/
create or replace macro rfm_on(d) as table
with totals as (
    select
        customer_key,
        max(day)             as last_day,
        count(*)             as purchases,
        round(sum(value), 2) as value
    from purchases
    where day <= d
    group by customer_key
),
rank_among_repeaters as (
    select customer_key, percent_rank() over (order by purchases) as rank
    from totals
    where purchases > 1
),
scores as (
    select
        customer_key,
        ceil(5 * cume_dist() over (order by last_day))::integer as r,
        case when purchases = 1 then 1 else least(5, 2 + floor(4 * rank))::integer end as f,
        case
            when value is not null
            then ceil(5 * cume_dist() over (partition by value is null order by value))::integer
        end as m
    from totals
    left join rank_among_repeaters using (customer_key)
)
select
    customer_key, r, f, m,
    rfm_segment(r, f) as segment
from scores
