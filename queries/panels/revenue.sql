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
with calendar as (
    select *, case when $grain <> 'own' then period_number(period_start, $grain) else 0 end as number
    from periods($grain)
),
sold as (
    select
        number,
        sum(new_value)                                                  as new_value,
        sum(returning_value)                                            as returning_value,
        count(case when state in ('new', 'new_gone') then true end)     as new_customers,
        count(case when came_again then true end)                       as returning_customers,
        count(new_value) + count(returning_value)                       as priced
    from visits
    join scope using (customer_key)
    where $grain <> 'own'
    group by number
    union all
    select
        0,
        sum(case when nth = 1 then value end),
        sum(case when nth > 1 then value end),
        count(case when nth = 1 then true end),
        count(distinct case when nth > 1 then customer_key end),
        count(value)
    from purchases_here
    where $grain = 'own'
      and day between (select day_before + 1 from own_period) and (select period_end from own_period)
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
from calendar
left join sold using (number)
order by period_start
