/*
title = "Visits by a calendar"
says  = "In which months, quarters or years each customer bought, and what that made of them by the end of the period under lapse window w."
grain = "one row per customer and period in which they bought"
kind  = "macro"
extends = "visits"
needs = ["purchases", "period_number", "bridge_state"]
*/
create or replace macro visits_by(grain, w) as table
with dated as (
    select
        customer_key,
        nth,
        next_day is null                                                        as is_last,
        orders,
        case when nth = 1 then value end                                        as new_value,
        case when nth > 1 then value end                                        as returning_value,
        period_number(customer_since, grain)                                    as cohort,
        period_number(day, grain)                                               as number,
        period_number(day + days, grain)                                        as lapse,
        coalesce(period_number(next_day, grain), 999999)                        as number_after,
        coalesce(period_number(day - gap_days::integer, grain), 0)              as number_before,
        coalesce(period_number(day - gap_days::integer + days, grain), 0)       as lapse_before
    from purchases
    cross join (select w::integer as days)
),
bought as (
    select
        *,
        lapse_before >= number                                                  as at_start,
        lapse > number                                                          as at_end,
        case when lapse > number and lapse < number_after then lapse end        as lost_in
    from dated
),
-- Most buy on one day of a period only: there is nothing to bring together then.
visits as (
    select
        customer_key, number, cohort, at_start, at_end, lost_in,
        nth = 1 as is_first, nth = 2 as is_second, is_last, nth > 1 as came_again,
        orders, new_value, returning_value
    from bought
    where number_before < number and number_after > number
    union all
    select
        customer_key, number, any_value(cohort), bool_and(at_start), bool_or(at_end), max(lost_in),
        bool_or(nth = 1), bool_or(nth = 2), bool_or(is_last), bool_or(nth > 1),
        sum(orders), sum(new_value), sum(returning_value)
    from bought
    where number_before = number or number_after = number
    group by customer_key, number
)
select
    customer_key,
    number::smallint as number,
    cohort::smallint as cohort,
    bridge_state(at_start, at_end, is_first)::enum (
        'retained', 'lost', 'new', 'won_back', 'new_gone', 'back_gone'
    )                as state,
    lost_in::smallint as lost_in,
    is_second,
    is_last,
    came_again,
    orders::integer  as orders,
    new_value,
    returning_value
from visits
