/*
title = "Sums of every span"
says  = "Adds up the standings of the customers in scope, span by span."
grain = "the sums, one row per span of the strip"
*/
insert into span_sums
with standing_here as (
    select *
    from standings
    where customer_key in (from scope)
),
summed as (
    select
        day_before,
        last_day,
        count(customer_key)                                         as customers,
        count(kept)                                                 as active_at_start,
        count(*) filter (where not kept)                            as lost,
        count(*) filter (where kept)                                as retained,
        count(*) filter (where active)                              as active,
        count(*) filter (where at_risk)                             as at_risk,
        sum(value) filter (where at_risk)                           as value_at_risk,
        avg(value)                                                  as value_mean,
        stddev_samp(value) / sqrt(count(value))                     as value_error,
        count(orders_in_year)                                       as bought_in_year,
        avg(orders_in_year)                                         as orders_mean,
        stddev_samp(orders_in_year) / sqrt(count(orders_in_year))   as orders_error,
        sum(orders_in_year)                                         as orders_sum,
        sum(value_in_year)                                          as value_sum,
        sum(value_in_year) / nullif(sum(orders_in_year), 0)         as order_value,
        sum(returning_in_year) / nullif(sum(value_in_year), 0)      as returning_share,
        var_samp(orders_in_year)                                    as orders_variance,
        var_samp(value_in_year)                                     as value_variance,
        var_samp(returning_in_year)                                 as returning_variance,
        covar_samp(value_in_year, orders_in_year)                   as value_by_orders,
        covar_samp(returning_in_year, value_in_year)                as returning_by_value,
        count(*) filter (where value_year_before > 0)               as bought_year_before,
        sum(value_year_before)                                      as before_sum,
        sum(coalesce(value_in_year, 0)) filter (where value_year_before > 0) / sum(value_year_before) as revenue_kept,
        var_samp(value_year_before) filter (where value_year_before > 0)        as before_variance,
        var_samp(coalesce(value_in_year, 0)) filter (where value_year_before > 0) as after_variance,
        covar_samp(coalesce(value_in_year, 0), value_year_before) filter (where value_year_before > 0) as after_by_before,
        bool_or(priced)                                             as priced
    from strip_spans
    left join standing_here using (day_before, last_day)
    group by day_before, last_day
)
select
    day_before, last_day,
    customers,
    active_at_start,
    why_no_rate(day_before, last_day, lapse_window.days, active_at_start) as why_no_rate,
    lost, retained,
    wilson(lost, active_at_start)     as lost_interval,
    wilson(retained, active_at_start) as retained_interval,
    active, at_risk,
    value_at_risk, value_mean, value_error,
    bought_in_year, orders_mean, orders_error,
    order_value,
    ratio_error(
        bought_in_year, order_value, orders_sum, value_variance, value_by_orders, orders_variance
    ) as order_value_error,
    returning_share,
    ratio_error(
        bought_in_year, returning_share, value_sum, returning_variance, returning_by_value, value_variance
    ) as returning_error,
    bought_year_before,
    revenue_kept,
    ratio_error(
        bought_year_before, revenue_kept, before_sum, after_variance, after_by_before, before_variance
    ) as revenue_kept_error,
    priced
from summed
cross join lapse_window
