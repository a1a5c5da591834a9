/*
title = "Days to the next purchase"
says  = "Kaplan–Meier curve of the days to the next purchase, for the gaps after purchases number first_nth to last_nth; gaps still open on the day are censored there."
grain = "one row per number of days at which a gap ended"
kind  = "macro"
needs = ["purchases_of"]

[columns]
days           = { unit = "days", says = "Days since the purchase." }
at_risk        = { unit = "gaps", says = "Gaps that had lasted at least so long." }
returned       = { unit = "gaps", says = "Gaps that ended with a purchase on this day." }
share_returned = { unit = "share", says = "Estimated share that has bought again by this day." }
log_variance   = { unit = "number", says = "Greenwood's variance of the logarithm of the share still waiting." }
*/
create or replace macro return_curve(as_of_day, first_nth, last_nth, who) as table
with gaps as (
    select
        least(coalesce(next_day, as_of_day), as_of_day) - day as days,
        coalesce(next_day <= as_of_day, false)                as ended
    from purchases_of(who)
    where day <= as_of_day
      and nth >= first_nth
      and nth <= coalesce(last_nth, nth)
),
gaps_by_length as (
    select days, count(*) filter (where ended) as returned, count(*) as left_the_risk_set
    from gaps
    group by days
),
at_risk_by_length as (
    select
        days,
        returned,
        sum(left_the_risk_set) over (order by days desc)::bigint as at_risk
    from gaps_by_length
)
select
    days,
    at_risk,
    returned,
    1 - product(1 - returned / at_risk) over (order by days) as share_returned,
    sum(returned / nullif(at_risk * (at_risk - returned), 0)) over (order by days) as log_variance
from at_risk_by_length
