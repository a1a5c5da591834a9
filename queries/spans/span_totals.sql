/*
title = "Totals of one span"
says  = "Adds up the standings of the customers in scope over one span of the strip."
grain = "the totals, with one span more"

[params]
day_before = "date"
last_day   = "date"
*/
insert into span_totals by name
select
    $day_before as day_before,
    $last_day as last_day,
    count(*)                                        as customers,
    count(kept)                                     as active_at_start,
    coalesce(sum(kept::tinyint), 0)::bigint         as retained,
    coalesce(sum(active::tinyint), 0)::bigint       as active,
    coalesce(sum(at_risk::tinyint), 0)::bigint      as at_risk,
    coalesce(sum((at_risk and bought_once)::tinyint), 0)::bigint    as at_risk_once,
    coalesce(sum((not kept and bought_once)::tinyint), 0)::bigint   as lost_once,
    count(second_missing)                           as newcomers,
    coalesce(sum(second_missing::tinyint), 0)::bigint               as no_second,
    coalesce(sum((second_missing and bought_once)::tinyint), 0)::bigint as no_second_once,
    sum(case when at_risk then value end)           as value_at_risk,
    sum(case when not kept then value end)          as value_lost,
    sum(case when second_missing then value end)    as value_no_second,
    count(value)                                    as valued,
    sum(value)                                      as value_to_date,
    sum(value * value)                              as value_squares,
    count(orders_in_year)                           as bought_in_year,
    sum(orders_in_year)                             as orders_sum,
    sum(orders_in_year * orders_in_year)            as orders_squares,
    count(value_in_year)                            as valued_in_year,
    sum(value_in_year)                              as value_sum,
    sum(value_in_year * value_in_year)              as value_in_year_squares,
    sum(value_in_year * orders_in_year)             as value_by_orders,
    sum(case when value_in_year is not null then orders_in_year end) as orders_valued,
    sum(case when value_in_year is not null then orders_in_year * orders_in_year end) as orders_valued_squares,
    sum(returning_in_year)                          as returning_sum,
    sum(returning_in_year * returning_in_year)      as returning_squares,
    sum(returning_in_year * value_in_year)          as returning_by_value,
    count(value_year_before)                        as bought_year_before,
    sum(value_year_before)                          as before_sum,
    sum(value_year_before * value_year_before)      as before_squares,
    sum(value_kept)                                 as after_sum,
    sum(value_kept * value_kept)                    as after_squares,
    sum(value_kept * value_year_before)             as after_by_before,
    bool_or(priced)                                 as priced
from standings
join scope using (customer_key)
where day_before = $day_before and last_day = $last_day
