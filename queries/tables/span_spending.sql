/*
title = "Spending over the spans of the strip"
says  = "What customers in scope spent to date and in the 365 days up to the last day of each span, with the errors of the means. Added up when it is asked for."
grain = "one row per span of the strip in which somebody in scope had bought"
kind  = "view"
needs = ["standings", "scope", "mean_error", "ratio_error", "sample_covariance"]

[columns]
day_before         = { like = "tables/strip_spans" }
last_day           = { like = "tables/strip_spans" }
value_mean         = { unit = "money", says = "Value to date per customer." }
value_error        = { unit = "money", says = "Standard error of that." }
bought_in_year     = { unit = "customers", says = "Bought in the 365 days up to the last day." }
orders_mean        = { unit = "ratio", says = "Their orders in these days, per customer." }
orders_error       = { unit = "ratio", says = "Standard error of that." }
order_value        = { unit = "money", says = "Value of these orders ÷ their number." }
order_value_error  = { unit = "money", says = "Standard error of that." }
returning_share    = { unit = "share", says = "Share of that value from purchases that are not the customer's first." }
returning_error    = { unit = "share", says = "Standard error of that." }
bought_year_before = { unit = "customers", says = "Spent more than nought in the 365 days before these." }
revenue_kept       = { unit = "share", says = "What those spent in the later year ÷ what they had in the earlier." }
revenue_kept_error = { unit = "share", says = "Standard error of that." }
priced             = { unit = "yes or no", says = "Whether the value of any purchase of the two years is known; empty without any." }
*/
create or replace view span_spending as
with totals as (
    select
        day_before,
        last_day,
        count(value)                                    as valued,
        sum(value)                                      as value_to_date,
        sum(value * value)                              as value_squares,
        count(orders_in_year)                           as bought_in_year,
        sum(orders_in_year)::bigint                     as orders,
        sum(orders_in_year * orders_in_year)::double    as orders_squares,
        count(value_in_year)                            as valued_in_year,
        sum(value_in_year)                              as value_in_year,
        sum(value_in_year * value_in_year)              as value_in_year_squares,
        sum(value_in_year * orders_in_year)             as value_by_orders,
        sum(orders_in_year) filter (where value_in_year is not null)::bigint as orders_valued,
        sum(orders_in_year * orders_in_year) filter (where value_in_year is not null)::double as orders_valued_squares,
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
    group by day_before, last_day
),
divided as (
    select
        *,
        value_in_year / nullif(orders, 0)       as order_value,
        returned / nullif(value_in_year, 0)     as returning_share,
        after / before                          as revenue_kept
    from totals
)
select
    day_before,
    last_day,
    value_to_date / nullif(valued, 0)                   as value_mean,
    mean_error(valued, value_to_date, value_squares)    as value_error,
    bought_in_year,
    orders / nullif(bought_in_year, 0)                  as orders_mean,
    mean_error(bought_in_year, orders, orders_squares)  as orders_error,
    order_value,
    ratio_error(
        valued_in_year, order_value, orders,
        sample_covariance(valued_in_year, value_in_year, value_in_year, value_in_year_squares),
        sample_covariance(valued_in_year, value_in_year, orders_valued, value_by_orders),
        sample_covariance(valued_in_year, orders_valued, orders_valued, orders_valued_squares)
    )                                                   as order_value_error,
    returning_share,
    ratio_error(
        valued_in_year, returning_share, value_in_year,
        sample_covariance(valued_in_year, returned, returned, returned_squares),
        sample_covariance(valued_in_year, returned, value_in_year, returning_by_value),
        sample_covariance(valued_in_year, value_in_year, value_in_year, value_in_year_squares)
    )                                                   as returning_error,
    bought_year_before,
    revenue_kept,
    ratio_error(
        bought_year_before, revenue_kept, before,
        sample_covariance(bought_year_before, after, after, after_squares),
        sample_covariance(bought_year_before, after, before, after_by_before),
        sample_covariance(bought_year_before, before, before, before_squares)
    )                                                   as revenue_kept_error,
    priced
from divided
