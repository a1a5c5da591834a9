/*
title = "Revenue from new and returning customers"
says  = "Value of each period's first purchases and of all later ones."
grain = "one row per period"
chart = { kind = "stacked", x = "period_start", y = ["new_value", "returning_value"] }

[params]
grain = "text"

[columns.period_start]
unit = "date"
says = "First day of the period."
[columns.period_end]
unit = "date"
says = "Last day of the period."
[columns.new_value]
unit     = "money"
title    = "from new"
says     = "Value of customers' first purchases."
opens    = "nth = 1 and day between $row_period_start and $row_period_end"
opens_in = "purchases"
adds_up  = "sum:value"
[columns.returning_value]
unit     = "money"
title    = "from returning"
says     = "Value of purchases that are not the customer's first."
opens    = "nth > 1 and day between $row_period_start and $row_period_end"
opens_in = "purchases"
adds_up  = "sum:value"
[columns.returning_share]
unit     = "share"
title    = "returning share"
says     = "Returning ÷ both."
opens_as = "returning_value"
[columns.new_customers]
unit  = "customers"
title = "new buyers"
says  = "Customers with their first purchase in the period."
opens = "first_day between $row_period_start and $row_period_end"
[columns.returning_customers]
unit  = "customers"
title = "returning buyers"
says  = "Customers with a later purchase in the period."
opens = "customer_key in (select customer_key from purchases where nth > 1 and day between $row_period_start and $row_period_end)"
[columns.finished]
unit = "yes or no"
says = "The period ended by the as-of date."
*/
with dated as (
    select
        case
            when $grain = 'own' then (select period_start from periods($grain))
            else date_trunc(case $grain when 'own' then 'year' else $grain end, day)::date
        end as period_start,
        nth, day, gap_days, value
    from purchases_here
),
sold as (
    select
        period_start,
        sum(value) filter (where nth = 1)                       as new_value,
        sum(value) filter (where nth > 1)                       as returning_value,
        count(*) filter (where nth = 1)                         as new_customers,
        -- of each customer the first purchase in the period that is not their first of all
        count(*) filter (where nth = 2 or nth > 2 and day - gap_days::integer < period_start) as returning_customers,
        count(value)                                            as priced
    from dated
    join periods($grain) as period using (period_start)
    where day <= period_end and day >= period_start
    group by period_start
)
select
    period_start,
    period_end,
    case when priced > 0 or priced is null then coalesce(new_value, 0) end       as new_value,
    case when priced > 0 or priced is null then coalesce(returning_value, 0) end as returning_value,
    coalesce(returning_value, 0) / nullif(coalesce(new_value, 0) + coalesce(returning_value, 0), 0) as returning_share,
    coalesce(new_customers, 0)                                                   as new_customers,
    coalesce(returning_customers, 0)                                             as returning_customers,
    period_end <= (select as_of from shop)                                       as finished
from periods($grain)
left join sold using (period_start)
order by period_start
