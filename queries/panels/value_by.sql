/*
title = "Value by attribute"
says  = "What customers have been worth and are expected to be, for each value of one customer attribute. A customer with several tags counts under each."
grain = "one row per value of the attribute"
chart = { kind = "bars", x = "bucket", y = ["clv"] }
sample = "select label as bucket, value as amount, 1 as base from labels($by) join scope using (customer_key) where value is not null and list_contains($few, coalesce(label, ''))"
sample_of = "clv"

[params]
by = "text"

[columns]
bucket         = { like = "panels/segments" }
customers      = { like = "panels/segments" }
clv            = { like = "panels/segments" }
clv_low        = { like = "panels/segments" }
clv_high       = { like = "panels/segments" }
predicted      = { like = "panels/segments" }
predicted_low  = { like = "panels/segments" }
predicted_high = { like = "panels/segments" }
*/
with totals as (
    select
        label                                     as bucket,
        count(*)                                  as customers,
        sum(value) / count(*)                     as clv,
        stddev_samp(value) / sqrt(count(value))   as clv_error,
        sum(clv_12m) / count(*)                   as predicted,
        stddev_samp(clv_12m) / sqrt(count(clv_12m)) as predicted_error
    from labels($by)
    join scope using (customer_key)
    group by label
)
select
    bucket,
    customers,
    clv,
    clv - 1.96 * clv_error              as clv_low,
    clv + 1.96 * clv_error              as clv_high,
    predicted,
    predicted - 1.96 * predicted_error  as predicted_low,
    predicted + 1.96 * predicted_error  as predicted_high
from totals
order by customers desc, bucket nulls last
