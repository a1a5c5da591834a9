/*
title = "Standings of one span"
says  = "Adds the standings of a span of the strip."
grain = "the standings, with one span more"

[params]
day_before = "date"
last_day   = "date"
window     = "int"
who        = "text"
*/
insert into standings
with spent as (
    select
        customer_key,
        sum(value)                                                  as value,
        sum(orders) filter (where day > $last_day - 365)            as orders_in_year,
        sum(value) filter (where day > $last_day - 365)             as value_in_year,
        sum(value) filter (where day > $last_day - 365 and nth > 1) as returning_in_year,
        sum(value) filter (where day > $last_day - 730 and day <= $last_day - 365) as value_year_before,
        count(value) filter (where day > $last_day - 730) > 0       as priced,
        max(day) > $last_day - 730                                  as in_two_years,
        count(*) = 1                                                as bought_once,
        any_value(customer_since)                                   as first_day,
        max(case when nth = 2 then day end)                         as second_day,
        max(case when day <= $day_before then day end)              as last_before
    from purchases_of($who)
    where day <= $last_day
    group by customer_key
),
at_start as (
    select customer_key, true as was_active
    from active_on($day_before, $window)
)
select
    $day_before::date,
    $last_day::date,
    customer_key,
    case when was_active then days_since_last < $window end,
    coalesce(days_since_last < $window, false),
    coalesce(status = 'at_risk', false),
    value,
    orders_in_year,
    value_in_year,
    case when value_in_year is not null then coalesce(returning_in_year, 0) end,
    case when value_year_before > 0 then value_year_before end,
    case when value_year_before > 0 then coalesce(value_in_year, 0) end,
    case when in_two_years then priced end,
    bought_once,
    coalesce(second_day, $last_day::date) - first_day,
    second_day is not null,
    case
        when first_day + 90 > $day_before and first_day + 90 <= $last_day
        then coalesce(second_day > first_day + 90, true)
    end,
    $day_before::date - last_before,
    days_since_last
from spent
join status_on($last_day, $window, $who) using (customer_key)
left join at_start using (customer_key)
