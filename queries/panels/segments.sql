/*
title = "Breakdown by attribute"
says  = "The main figures for each value of one customer attribute. A customer with several tags counts under each, so that tags do not add up to the shop."
grain = "one row per value of the attribute"
chart = { kind = "bars", x = "bucket", y = ["churn_rate"] }
sample = "select label as bucket, value as amount, 1 as base from labels($by) join scope using (customer_key) where value is not null and list_contains($few, coalesce(label, ''))"
sample_of = "clv"

[params]
by         = "text"
day_before = "date"
last_day   = "date"
window     = "int"

[columns.bucket]
unit  = "text"
title = "value"
says  = "The attribute's value; empty: not known."
[columns.customers]
unit  = "customers"
says  = "Customers with this value."
opens = "customer_key in (select customer_key from labels($by) where label is not distinct from $row_bucket)"
[columns.active]
unit  = "customers"
says  = "Active or at risk on the as-of date."
opens = "status in ('active', 'at_risk') and customer_key in (select customer_key from labels($by) where label is not distinct from $row_bucket)"
[columns.at_start]
unit  = "customers"
title = "active before"
says  = "Active the day before the span: what churn is measured on."
opens = "customer_key in (select customer_key from active_on($day_before, $window)) and customer_key in (select customer_key from labels($by) where label is not distinct from $row_bucket)"
[columns.lost]
unit  = "customers"
says  = "Of those, not active on the last day."
opens = "customer_key in (select customer_key from span_states($day_before, $last_day, $window) where state = 'lost') and customer_key in (select customer_key from labels($by) where label is not distinct from $row_bucket)"
[columns.churn_rate]
unit     = "share"
title    = "churn"
says     = "Lost ÷ active before."
opens_as = "lost"
[columns.churn_low]
unit = "share"
says = "Lower end of Wilson's 95 % interval."
[columns.churn_high]
unit = "share"
says = "Upper end of Wilson's 95 % interval."
[columns.retention_rate]
unit     = "share"
title    = "CRR"
says     = "1 − churn."
opens_as = "at_start"
[columns.repeat_rate]
unit     = "share"
title    = "90-day repeat"
says     = "Second purchase within 90 days of the first, Kaplan–Meier."
opens_as = "customers"
[columns.repeat_low]
unit = "share"
says = "Lower end of the 95 % interval (Greenwood, log-log)."
[columns.repeat_high]
unit = "share"
says = "Upper end of the 95 % interval."
[columns.orders_per_customer]
unit     = "ratio"
title    = "orders each"
says     = "Orders to date ÷ customers."
opens_as = "customers"
[columns.average_order]
unit     = "money"
title    = "average order"
says     = "Value to date ÷ orders."
opens_as = "customers"
[columns.clv]
unit     = "money"
title    = "value each"
says     = "Value to date ÷ customers (historic CLV)."
opens_as = "customers"
[columns.clv_low]
unit = "money"
says = "Lower end of the 95 % interval over customers: bootstrap below 2,000, else mean − 1.96 standard errors."
[columns.clv_high]
unit = "money"
says = "Upper end of the 95 % interval."
[columns.predicted]
unit     = "money"
title    = "next 12 months"
says     = "Predicted value of the next 12 months ÷ customers, the lapsed included."
opens_as = "customers"
[columns.predicted_low]
unit = "money"
says = "Mean − 1.96 standard errors over customers."
[columns.predicted_high]
unit = "money"
says = "Mean + 1.96 standard errors over customers."
[columns.equity]
unit    = "money"
title   = "all together"
says    = "Their predicted value of the next 12 months (customer equity)."
opens   = "customer_key in (select customer_key from labels($by) where label is not distinct from $row_bucket)"
adds_up = "sum:clv_12m"
[columns.value_share]
unit     = "share"
title    = "of value"
says     = "Their value to date ÷ the value of all in scope."
opens_as = "customers"
[columns.why_null]
like  = "kpis/churn_rate"
title = "note"
[columns.overlap]
unit   = "yes or no"
hidden = true
says   = "Some customers count under several values, so that the groups do not add up to the shop."
*/
with labelled as (
    select customer_key, label as bucket, nth, status, orders, value, clv_12m
    from labels($by)
    join scope using (customer_key)
),
totals as (
    select
        bucket,
        count(*)                                                       as customers,
        count(case when nth = 1 then 1 end)                            as customers_once,
        count(case when status in ('active', 'at_risk') then 1 end)    as active,
        sum(orders)                                                    as orders,
        sum(value)                                                     as value,
        sum(case when nth = 1 then value end)                          as value_once,
        stddev_samp(value) / sqrt(count(value))                        as standard_error,
        sum(clv_12m)                                                   as equity,
        stddev_samp(clv_12m) / sqrt(count(clv_12m))                    as predicted_error
    from labelled
    group by bucket
),
stood as (
    select bucket, kept, second_seen, first_gap_days as days, count(*) as customers
    from labelled
    join standings using (customer_key)
    where day_before = $day_before and last_day = $last_day
    group by all
),
bridged as (
    select
        bucket,
        sum(customers) filter (where kept is not null)  as at_start,
        sum(customers) filter (where not kept)          as lost
    from stood
    group by bucket
),
first_gaps as (
    select
        bucket,
        days,
        coalesce(sum(customers) filter (where second_seen), 0) as returned,
        sum(customers)                                         as left_the_risk_set
    from stood
    group by bucket, days
),
at_risk_by_length as (
    select
        bucket, days, returned,
        sum(left_the_risk_set) over (partition by bucket order by days desc) as at_risk
    from first_gaps
),
repeats as (
    select
        bucket,
        coalesce(1 - product(1 - returned / at_risk) filter (where days <= 90), 0) as share_returned,
        sum(returned / nullif(at_risk * (at_risk - returned), 0)) filter (where days <= 90) as log_variance
    from at_risk_by_length
    group by bucket
    having max(days) >= 90 or share_returned = 1
),
judged as (
    select
        totals.*,
        coalesce(at_start, 0)::bigint as at_start,
        coalesce(lost, 0)::bigint     as lost,
        share_returned,
        log_variance,
        why_no_rate($day_before, $last_day, $window, at_start) as why_null
    from totals
    left join bridged on bridged.bucket is not distinct from totals.bucket
    left join repeats on repeats.bucket is not distinct from totals.bucket
)
select
    bucket,
    customers,
    active,
    case when why_null is null then at_start end                              as at_start,
    case when why_null is null then lost end                                  as lost,
    case when why_null is null then lost / at_start end                       as churn_rate,
    case when why_null is null then wilson_low(lost, at_start) end            as churn_low,
    case when why_null is null then wilson_high(lost, at_start) end           as churn_high,
    case when why_null is null then 1 - lost / at_start end                   as retention_rate,
    share_returned                                                            as repeat_rate,
    greenwood(share_returned, log_variance).low                               as repeat_low,
    greenwood(share_returned, log_variance).high                              as repeat_high,
    orders / customers                                                        as orders_per_customer,
    value / nullif(orders, 0)                                                 as average_order,
    value / customers                                                         as clv,
    value / customers - 1.96 * standard_error                                 as clv_low,
    value / customers + 1.96 * standard_error                                 as clv_high,
    equity / customers                                                        as predicted,
    equity / customers - 1.96 * predicted_error                               as predicted_low,
    equity / customers + 1.96 * predicted_error                               as predicted_high,
    equity,
    value / nullif(sum(value_once) over (), 0)                                as value_share,
    why_null,
    sum(customers) over () > sum(customers_once) over ()                      as overlap
from judged
order by customers desc, bucket nulls last
