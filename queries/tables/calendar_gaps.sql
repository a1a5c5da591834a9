/*
title = "Gaps and spikes in the calendar"
says  = "Months without an order between the first and the last, and days with more than 8 times the orders usual around them: a file may be missing, or something imported."
grain = "one row per month without an order, and per day with suspiciously many"
kind  = "view"
needs = ["orders"]

[columns]
oddity       = { unit = "code", says = "missing_month or busy_day." }
from_day     = { unit = "date", says = "First day of the month, or the day itself." }
to_day       = { unit = "date", says = "Last day of the month, or the day itself." }
orders       = { unit = "orders", says = "Eligible orders on these days." }
usual_orders = { unit = "count", says = "Median of the orders on each of the 14 days before and after; empty for months." }
*/
create or replace view calendar_gaps as
with calendar as (
    select unnest(generate_series(min(day), max(day), interval 1 day))::date as day
    from orders
),
counted as (
    select day, count(order_key) as orders
    from calendar
    left join orders using (day)
    group by day
),
beside_neighbours as (
    select
        day,
        orders,
        median(orders) over (
            order by day rows between 14 preceding and 14 following exclude current row
        ) as usual_orders
    from counted
)
select
    'missing_month'               as oddity,
    date_trunc('month', day)::date as from_day,
    last_day(min(day))            as to_day,
    sum(orders)::bigint           as orders,
    null::double                  as usual_orders
from counted
group by date_trunc('month', day)
having sum(orders) = 0
union all
select 'busy_day', day, day, orders, usual_orders
from beside_neighbours
where orders >= 10
  and usual_orders is not null
  and orders > 8 * greatest(usual_orders, 1)
