/*
title = "Cut points of the RFM scores"
says  = "What each score means in this shop: days of silence, purchases and money."
grain = "one row per score"

[columns.score]
unit = "score"
says = "1 to 5."
[columns.silent_from]
unit  = "days"
title = "silent from"
says  = "Shortest silence with this recency score."
[columns.silent_to]
unit  = "days"
title = "to"
says  = "Longest silence with this recency score."
[columns.recency_customers]
unit  = "customers"
title = "R"
says  = "Customers with this recency score."
opens = "r = $row_score"
[columns.purchases_from]
unit  = "purchases"
title = "purchases from"
says  = "Fewest purchases with this frequency score."
[columns.purchases_to]
unit  = "purchases"
title = "to"
says  = "Most purchases with this frequency score."
[columns.frequency_customers]
unit  = "customers"
title = "F"
says  = "Customers with this frequency score."
opens = "f = $row_score"
[columns.value_from]
unit  = "money"
title = "value from"
says  = "Lowest value with this money score."
[columns.value_to]
unit  = "money"
title = "to"
says  = "Highest value with this money score."
[columns.money_customers]
unit  = "customers"
title = "M"
says  = "Customers with this money score."
opens = "m = $row_score"
*/
with scores as (
    select unnest(range(1, 6)) as score
),
-- Each score is looked for in all rows: in 125 at most.
cells as (
    select
        r, f, m,
        count(*)             as customers,
        min(days_since_last) as silent_from,
        max(days_since_last) as silent_to,
        min(purchases)       as purchases_from,
        max(purchases)       as purchases_to,
        min(value)           as value_from,
        max(value)           as value_to
    from customers_here
    group by r, f, m
)
select
    score,
    min(silent_from) filter (where r = score)                      as silent_from,
    max(silent_to) filter (where r = score)                        as silent_to,
    coalesce(sum(customers) filter (where r = score), 0)::bigint   as recency_customers,
    min(purchases_from) filter (where f = score)                   as purchases_from,
    max(purchases_to) filter (where f = score)                     as purchases_to,
    coalesce(sum(customers) filter (where f = score), 0)::bigint   as frequency_customers,
    min(value_from) filter (where m = score)                       as value_from,
    max(value_to) filter (where m = score)                         as value_to,
    coalesce(sum(customers) filter (where m = score), 0)::bigint   as money_customers
from scores
left join cells on r = score or f = score or m = score
group by score
order by score desc
