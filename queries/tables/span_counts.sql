/*
title = "Churn of a span"
says  = "Customers in scope at the start of a span, lost and retained in it; empty, with the reason, where they can't be known."
grain = "one row"
kind  = "macro"
needs = ["span_states", "scope", "why_no_rate"]

[columns]
customers_start = { unit = "customers", says = "Active the day before." }
lost            = { unit = "customers", says = "Of those, not active on the last day." }
retained        = { unit = "customers", says = "Of those, active on the last day." }
why_null        = { unit = "code", says = "no_window, too_early, unfinished or no_customers." }
*/
create or replace macro span_counts(day_before, last_day, w) as table
with counted as (
    select
        count(*) filter (where state in ('retained', 'lost')) as customers_start,
        count(*) filter (where state = 'lost')                as lost,
        count(*) filter (where state = 'retained')            as retained
    from span_states(day_before, last_day, w)
    where customer_key in (from scope)
),
judged as (
    select *, why_no_rate(day_before, last_day, w, customers_start) as why_null
    from counted
)
select
    case when why_null is null then customers_start end as customers_start,
    case when why_null is null then lost end            as lost,
    case when why_null is null then retained end        as retained,
    why_null
from judged
