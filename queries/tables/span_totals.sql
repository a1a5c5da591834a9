/*
title = "Totals of the strip"
says  = "What the sums of the strip are made of: standings of the customers in scope, counted and added up over each span."
grain = "one row per span of the strip"
kind  = "table"
needs = ["standings", "scope", "strip_spans"]

[columns]
day_before            = { like = "tables/strip_spans" }
last_day              = { like = "tables/strip_spans" }
customers             = { unit = "customers", says = "With a purchase by the last day." }
active_at_start       = { unit = "customers", says = "Active the day before the span." }
retained              = { unit = "customers", says = "Of those, active on the last day." }
active                = { unit = "customers", says = "Active on the last day." }
at_risk               = { unit = "customers", says = "Of those, at risk." }
at_risk_once          = { unit = "customers", says = "Of those, with one purchase." }
lost_once             = { unit = "customers", says = "Of those lost, with one purchase." }
newcomers             = { unit = "customers", says = "Whose first 90 days ended in the span." }
no_second             = { unit = "customers", says = "Of those, without a second purchase in these days." }
no_second_once        = { unit = "customers", says = "Of those, with one purchase still on the last day." }
value_at_risk         = { unit = "money", says = "What those at risk have spent to date." }
value_lost            = { unit = "money", says = "What those lost have spent to date." }
value_no_second       = { unit = "money", says = "What those without a second purchase have spent to date." }
valued                = { unit = "customers", says = "Whose value to date is known." }
value_to_date         = { unit = "money", says = "That value, added up." }
value_squares         = { unit = "number", says = "Its squares, added up." }
bought_in_year        = { unit = "customers", says = "Bought in the 365 days up to the last day." }
orders_sum            = { unit = "orders", says = "Orders in the 365 days up to the last day." }
orders_squares        = { unit = "number", says = "Their squares by customer, added up." }
valued_in_year        = { unit = "customers", says = "With a known value of these orders." }
value_sum             = { unit = "money", says = "That value, added up." }
value_in_year_squares = { unit = "number", says = "Its squares by customer, added up." }
value_by_orders       = { unit = "number", says = "Value × orders of the year by customer, added up." }
orders_valued         = { unit = "orders", says = "Orders in the year of those with a known value of them." }
orders_valued_squares = { unit = "number", says = "Their squares by customer, added up." }
returning_sum         = { unit = "money", says = "Of the value of the year, from purchases that are not the customer's first." }
returning_squares     = { unit = "number", says = "Its squares by customer, added up." }
returning_by_value    = { unit = "number", says = "That × the value of the year by customer, added up." }
bought_year_before    = { unit = "customers", says = "Spent more than nought in the 365 days before these." }
before_sum            = { unit = "money", says = "What those spent then." }
before_squares        = { unit = "number", says = "Its squares by customer, added up." }
after_sum             = { unit = "money", says = "What they spent in the later year." }
after_squares         = { unit = "number", says = "Its squares by customer, added up." }
after_by_before       = { unit = "number", says = "Both multiplied by customer, added up." }
priced                = { unit = "yes or no", says = "Whether the value of any purchase of the two years is known; empty without any." }
*/
create or replace table span_totals as
-- Few standings differ in what is counted: to group by them is cheaper than to count each for itself.
with alike as (
    select
        day_before, last_day,
        kept, active, at_risk, bought_once, second_missing,
        count(*)                                        as customers,
        count(value)                                    as valued,
        sum(value)                                      as value,
        sum(value * value)                              as value_squares,
        count(orders_in_year)                           as bought_in_year,
        sum(orders_in_year)                             as orders,
        sum(orders_in_year * orders_in_year)            as orders_squares,
        count(value_in_year)                            as valued_in_year,
        sum(value_in_year)                              as value_in_year,
        sum(value_in_year * value_in_year)              as value_in_year_squares,
        sum(value_in_year * orders_in_year)             as value_by_orders,
        sum(case when value_in_year is not null then orders_in_year end) as orders_valued,
        sum(case when value_in_year is not null then orders_in_year * orders_in_year end) as orders_valued_squares,
        sum(returning_in_year)                          as returned,
        sum(returning_in_year * returning_in_year)      as returned_squares,
        sum(returning_in_year * value_in_year)          as returning_by_value,
        count(value_year_before)                        as bought_year_before,
        sum(value_year_before)                          as before,
        sum(value_year_before * value_year_before)      as before_squares,
        sum(value_kept)                                 as after,
        sum(value_kept * value_kept)                    as after_squares,
        sum(value_kept * value_year_before)             as after_by_before,
        bool_or(priced)                                 as priced
    from standings
    join scope using (customer_key)
    group by all
)
select
    day_before,
    last_day,
    coalesce(sum(customers), 0)::bigint                                                 as customers,
    coalesce(sum(customers) filter (where kept is not null), 0)::bigint                 as active_at_start,
    coalesce(sum(customers) filter (where kept), 0)::bigint                             as retained,
    coalesce(sum(customers) filter (where active), 0)::bigint                           as active,
    coalesce(sum(customers) filter (where at_risk), 0)::bigint                          as at_risk,
    coalesce(sum(customers) filter (where at_risk and bought_once), 0)::bigint          as at_risk_once,
    coalesce(sum(customers) filter (where not kept and bought_once), 0)::bigint         as lost_once,
    coalesce(sum(customers) filter (where second_missing is not null), 0)::bigint       as newcomers,
    coalesce(sum(customers) filter (where second_missing), 0)::bigint                   as no_second,
    coalesce(sum(customers) filter (where second_missing and bought_once), 0)::bigint   as no_second_once,
    sum(value) filter (where at_risk)                                                   as value_at_risk,
    sum(value) filter (where not kept)                                                  as value_lost,
    sum(value) filter (where second_missing)                                            as value_no_second,
    coalesce(sum(valued), 0)::bigint                                                    as valued,
    sum(value)                                                                          as value_to_date,
    sum(value_squares)                                                                  as value_squares,
    coalesce(sum(bought_in_year), 0)::bigint                                            as bought_in_year,
    sum(orders)::bigint                                                                 as orders_sum,
    sum(orders_squares)::double                                                         as orders_squares,
    coalesce(sum(valued_in_year), 0)::bigint                                            as valued_in_year,
    sum(value_in_year)                                                                  as value_sum,
    sum(value_in_year_squares)                                                          as value_in_year_squares,
    sum(value_by_orders)                                                                as value_by_orders,
    sum(orders_valued)::bigint                                                          as orders_valued,
    sum(orders_valued_squares)::double                                                  as orders_valued_squares,
    sum(returned)                                                                       as returning_sum,
    sum(returned_squares)                                                               as returning_squares,
    sum(returning_by_value)                                                             as returning_by_value,
    coalesce(sum(bought_year_before), 0)::bigint                                        as bought_year_before,
    sum(before)                                                                         as before_sum,
    sum(before_squares)                                                                 as before_squares,
    sum(after)                                                                          as after_sum,
    sum(after_squares)                                                                  as after_squares,
    sum(after_by_before)                                                                as after_by_before,
    bool_or(priced)                                                                     as priced
from strip_spans
left join alike using (day_before, last_day)
group by all
