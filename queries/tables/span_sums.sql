/*
title = "Sums of the strip"
says  = "What the figures of the strip are made of: the customers in scope, counted and added up over each span."
grain = "one row per span of the strip"
kind  = "table"
needs = ["span_totals", "lapse_window", "mean_error", "ratio_error", "sample_covariance", "why_no_rate", "wilson"]

[columns]
day_before        = { like = "tables/strip_spans" }
last_day          = { like = "tables/strip_spans" }
customers         = { like = "tables/span_totals" }
active_at_start   = { like = "tables/span_totals" }
why_no_rate       = { unit = "code", says = "Why there is no churn of the span: no_window, too_early, unfinished or no_customers." }
lost              = { unit = "customers", says = "Of those, not active on the last day." }
retained          = { like = "tables/span_totals" }
lost_interval     = { unit = "number", says = "Wilson's 95 % interval of lost ÷ active_at_start: low and high." }
retained_interval = { unit = "number", says = "The same of retained ÷ active_at_start." }
active            = { like = "tables/span_totals" }
at_risk           = { like = "tables/span_totals" }
value_at_risk     = { like = "tables/span_totals" }
at_risk_once      = { like = "tables/span_totals" }
value_lost        = { like = "tables/span_totals" }
lost_once         = { like = "tables/span_totals" }
newcomers         = { like = "tables/span_totals" }
no_second         = { like = "tables/span_totals" }
value_no_second   = { like = "tables/span_totals" }
no_second_once    = { like = "tables/span_totals" }
value_mean        = { unit = "money", says = "Value to date per customer." }
value_error       = { unit = "money", says = "Standard error of that." }
bought_in_year    = { like = "tables/span_totals" }
orders_mean       = { unit = "ratio", says = "Their orders in these days, per customer." }
orders_error      = { unit = "ratio", says = "Standard error of that." }
order_value       = { unit = "money", says = "Value of these orders ÷ their number." }
order_value_error = { unit = "money", says = "Standard error of that." }
returning_share   = { unit = "share", says = "Share of that value from purchases that are not the customer's first." }
returning_error   = { unit = "share", says = "Standard error of that." }
bought_year_before = { like = "tables/span_totals" }
revenue_kept      = { unit = "share", says = "What those spent in the later year ÷ what they had in the earlier." }
revenue_kept_error = { unit = "share", says = "Standard error of that." }
priced            = { like = "tables/span_totals" }
*/
create or replace table span_sums as
with divided as (
    select
        *,
        active_at_start - retained                      as lost,
        value_sum / nullif(orders_sum, 0)               as order_value,
        returning_sum / nullif(value_sum, 0)            as returning_share,
        after_sum / before_sum                          as revenue_kept
    from span_totals
)
select
    day_before,
    last_day,
    customers,
    active_at_start,
    why_no_rate(day_before, last_day, lapse_window.days, active_at_start) as why_no_rate,
    lost, retained,
    wilson(lost, active_at_start)     as lost_interval,
    wilson(retained, active_at_start) as retained_interval,
    active, at_risk,
    value_at_risk, at_risk_once,
    value_lost, lost_once,
    newcomers, no_second, value_no_second, no_second_once,
    value_to_date / nullif(valued, 0) as value_mean,
    mean_error(valued, value_to_date, value_squares) as value_error,
    bought_in_year,
    orders_sum / nullif(bought_in_year, 0) as orders_mean,
    mean_error(bought_in_year, orders_sum, orders_squares) as orders_error,
    order_value,
    ratio_error(
        valued_in_year, order_value, orders_sum,
        sample_covariance(valued_in_year, value_sum, value_sum, value_in_year_squares),
        sample_covariance(valued_in_year, value_sum, orders_valued, value_by_orders),
        sample_covariance(valued_in_year, orders_valued, orders_valued, orders_valued_squares)
    ) as order_value_error,
    returning_share,
    ratio_error(
        valued_in_year, returning_share, value_sum,
        sample_covariance(valued_in_year, returning_sum, returning_sum, returning_squares),
        sample_covariance(valued_in_year, returning_sum, value_sum, returning_by_value),
        sample_covariance(valued_in_year, value_sum, value_sum, value_in_year_squares)
    ) as returning_error,
    bought_year_before,
    revenue_kept,
    ratio_error(
        bought_year_before, revenue_kept, before_sum,
        sample_covariance(bought_year_before, after_sum, after_sum, after_squares),
        sample_covariance(bought_year_before, after_sum, before_sum, after_by_before),
        sample_covariance(bought_year_before, before_sum, before_sum, before_squares)
    ) as revenue_kept_error,
    priced
from divided
cross join lapse_window
