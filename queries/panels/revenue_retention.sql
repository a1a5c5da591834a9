/*
title = "Revenue kept"
says  = "Of those who bought in the days before, what they bring now: NRR with growth, GRR without it."
grain = "one row per length of the two spans"
sample = "from (select unnest([90, 180, 365]) as span_days), lateral (select next as amount, base from two_spans_by_customer($as_of, span_days) where base > 0)"
sample_of = "nrr"

[params]
as_of = "date"

[columns.span_days]
unit  = "days"
title = "span"
says  = "Length of the base and of the span after it, which ends on the as-of date."
[columns.customers]
unit  = "customers"
title = "bought before"
says  = "Customers with value in the base."
opens = "customer_key in (select customer_key from purchases where day > $as_of - 2 * $row_span_days and day <= $as_of - $row_span_days group by customer_key having sum(value) > 0)"
[columns.base_value]
unit     = "money"
title    = "value before"
says     = "Their value in the base."
opens_as = "customers"
[columns.next_value]
unit     = "money"
title    = "value after"
says     = "Their value in the span after."
opens_as = "customers"
[columns.nrr]
unit     = "share"
title    = "NRR"
says     = "Value after ÷ value before."
opens_as = "customers"
[columns.nrr_low]
unit = "share"
says = "Lower end of the 95 % interval over customers: bootstrap below 2,000, else by the delta method."
[columns.nrr_high]
unit = "share"
says = "Upper end of the 95 % interval."
[columns.grr]
unit     = "share"
title    = "GRR"
says     = "The same with each customer's value after capped at their value before."
opens_as = "customers"
[columns.why_null]
unit  = "code"
title = "note"
[columns.why_null.sentences]
too_early    = "The history is shorter than the two spans."
no_customers = "Nobody bought in the base."
no_money     = "The export has no money column."
*/
with spans as (
    select unnest([90, 180, 365]) as span_days
),
per_customer as (
    from spans, lateral (from two_spans_by_customer($as_of, span_days))
),
summed as (
    select
        span_days,
        count(*) filter (where base > 0)               as customers,
        sum(base) filter (where base > 0)              as base,
        sum(next) filter (where base > 0)              as next,
        sum(least(base, next)) filter (where base > 0) as kept,
        var_samp(next) filter (where base > 0)         as next_variance,
        covar_samp(next, base) filter (where base > 0) as covariance,
        var_samp(base) filter (where base > 0)         as base_variance,
        sum(priced) = 0                                as no_money
    from per_customer
    group by span_days
),
judged as (
    select
        spans.span_days,
        summed.* exclude (span_days),
        ratio_error(customers, next / base, base, next_variance, covariance, base_variance) as standard_error,
        case
            when $as_of - 2 * spans.span_days < (select first_day from shop) - 1 then 'too_early'
            when no_money then 'no_money'
            when coalesce(customers, 0) = 0 then 'no_customers'
        end as why_null
    from spans
    left join summed on summed.span_days = spans.span_days
)
select
    span_days,
    case when why_null is null then customers end                          as customers,
    case when why_null is null then base end                               as base_value,
    case when why_null is null then next end                               as next_value,
    case when why_null is null then next / base end                        as nrr,
    case when why_null is null then next / base - 1.96 * standard_error end as nrr_low,
    case when why_null is null then next / base + 1.96 * standard_error end as nrr_high,
    case when why_null is null then kept / base end                        as grr,
    why_null
from judged
order by span_days
