/*
title = "Days to the next purchase, of those who return"
says  = "The return curve divided by its value on the last day that still has enough gaps at risk, so that it ends at one."
grain = "one row per number of days at which a gap ended, as long as max(30, 2 % of all) gaps are at risk"
kind  = "macro"
needs = ["return_curve"]

[columns]
days            = { unit = "days", says = "Days since the purchase." }
share_of_returns = { unit = "share", says = "Of those who ever buy again, the share that had by this day." }
gaps            = { unit = "gaps", says = "All gaps, ended or open." }
*/
create or replace macro normalised_return_curve(as_of_day, first_nth, last_nth) as table
with curve as (
    from return_curve(as_of_day, first_nth, last_nth, 'everyone')
),
reliable as (
    select days, share_returned, max(at_risk) over () as gaps
    from curve
    qualify at_risk >= greatest(30, 0.02 * max(at_risk) over ())
)
select
    days,
    -- Rounded, so that a share of exactly one half, three quarters or nine tenths is seen as reached.
    round(share_returned / nullif(max(share_returned) over (), 0), 12) as share_of_returns,
    gaps
from reliable
