/*
title = "Totals of the strip"
says  = "What the rates of the strip are made of: the standings of the customers in scope, counted and valued over each span."
grain = "one row per span of the strip"
kind  = "table"
needs = ["standings", "standing_kinds", "scope", "strip_spans"]

[columns]
day_before      = { like = "tables/strip_spans" }
last_day        = { like = "tables/strip_spans" }
customers       = { unit = "customers", says = "With a purchase by the last day." }
active_at_start = { unit = "customers", says = "Active the day before the span." }
retained        = { unit = "customers", says = "Of those, active on the last day." }
active          = { unit = "customers", says = "Active on the last day." }
at_risk         = { unit = "customers", says = "Of those, at risk." }
at_risk_once    = { unit = "customers", says = "Of those, with one purchase." }
lost_once       = { unit = "customers", says = "Of those lost, with one purchase." }
newcomers       = { unit = "customers", says = "Whose first 90 days ended in the span." }
no_second       = { unit = "customers", says = "Of those, without a second purchase in these days." }
no_second_once  = { unit = "customers", says = "Of those, with one purchase still on the last day." }
value_at_risk   = { unit = "money", says = "What those at risk have spent to date." }
value_lost      = { unit = "money", says = "What those lost have spent to date." }
value_no_second = { unit = "money", says = "What those without a second purchase have spent to date." }
*/
create or replace table span_totals as
with alike as (
    select kind, count(*) as customers, sum(value) as value
    from standings
    join scope using (customer_key)
    group by kind
),
stood as (
    select *
    from alike
    join standing_kinds using (kind)
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
    sum(value) filter (where second_missing)                                            as value_no_second
from strip_spans
left join stood using (day_before, last_day)
group by all
