/*
title = "Standings of one span"
says  = "Adds the standings of a span of the strip."
grain = "the standings, with one span more"

[params]
day_before = "date"
last_day   = "date"
window     = "int"
who        = "text"
number     = "int"
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
),
stood as (
    select
        customer_key,
        case when was_active then days_since_last < $window end     as kept,
        coalesce(days_since_last < $window, false)                  as active,
        coalesce(status = 'at_risk', false)                         as at_risk,
        value,
        orders_in_year,
        value_in_year,
        case when value_in_year is not null then coalesce(returning_in_year, 0) end as returning_in_year,
        case when value_year_before > 0 then value_year_before end  as value_year_before,
        case when value_year_before > 0 then coalesce(value_in_year, 0) end as value_kept,
        case when in_two_years then priced end                      as priced,
        bought_once,
        coalesce(second_day, $last_day::date) - first_day           as first_gap_days,
        second_day is not null                                      as second_seen,
        case
            when first_day + 90 > $day_before and first_day + 90 <= $last_day
            then coalesce(second_day > first_day + 90, true)
        end                                                         as second_missing,
        $day_before::date - last_before                             as silent_at_start,
        days_since_last                                             as silent_at_end
    from spent
    join status_on($last_day, $window, $who) using (customer_key)
    left join at_start using (customer_key)
)
select
    $day_before::date,
    $last_day::date,
    *,
    -- Digits to the bases 3, 2, 2, 2 and 3, below the number of the span.
    coalesce(kept::integer, 2)
    + 3 * active::integer
    + 6 * at_risk::integer
    + 12 * bought_once::integer
    + 24 * coalesce(second_missing::integer, 2)
    + 72 * $number
from stood
