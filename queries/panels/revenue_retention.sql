/*
title = "Revenue kept"
says  = "Of those who bought in the days before, what they bring now: NRR with growth, GRR without it."
grain = "one row per length of the two spans"
sample = "select span_days, value_after as amount, value_before as base from two_spans join scope using (customer_key) where value_before > 0 and list_contains($few, span_days::varchar)"
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
pairs as (
    select
        span_days,
        value_before,
        case when value_before > 0 then value_before end as base,
        case when value_before > 0 then value_after end  as next
    from two_spans
    join scope using (customer_key)
),
summed as (
    select
        span_days,
        count(base)             as customers,
        sum(base)               as base,
        sum(next)               as next,
        sum(least(base, next))  as kept,
        sum(base * base)        as base_squares,
        sum(next * next)        as next_squares,
        sum(next * base)        as products,
        count(value_before) = 0 as no_money
    from pairs
    group by span_days
),
judged as (
    select
        spans.span_days,
        summed.* exclude (span_days),
        ratio_error(
            customers,
            next / base,
            base,
            sample_covariance(customers, next, next, next_squares),
            sample_covariance(customers, next, base, products),
            sample_covariance(customers, base, base, base_squares)
        ) as standard_error,
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
