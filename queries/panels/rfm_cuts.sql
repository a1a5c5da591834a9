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
listed as (
    select r, f, m, days_since_last, purchases, value
    from customers
    where customer_key in (from scope)
)
select
    score,
    min(days_since_last) filter (where r = score) as silent_from,
    max(days_since_last) filter (where r = score) as silent_to,
    count(*) filter (where r = score)             as recency_customers,
    min(purchases) filter (where f = score)       as purchases_from,
    max(purchases) filter (where f = score)       as purchases_to,
    count(*) filter (where f = score)             as frequency_customers,
    min(value) filter (where m = score)           as value_from,
    max(value) filter (where m = score)           as value_to,
    count(*) filter (where m = score)             as money_customers
from scores
left join listed on r = score or f = score or m = score
group by score
order by score desc
