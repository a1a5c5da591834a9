/*
title = "Suggested lapse window"
says  = "The days of silence after which a customer should count as lapsed, found from the shop's own gaps."
grain = "one row"
kind  = "table"
needs = ["shop", "purchases", "normalised_return_curve"]

[columns]
observed_gaps = { unit = "gaps", says = "Gaps between purchases that have ended." }
found_days    = { unit = "days", says = "First day by which nine of ten of those who return had returned." }
cap_days      = { unit = "days", says = "A third of the history, the longest window allowed." }
suggested_days = { unit = "days", says = "The window that follows; empty under 90 days of history." }
why           = { unit = "code", says = "How it came about: found, capped, few_gaps or short_history." }
*/
create or replace table suggested_window as
with steps as (
    select unnest([30, 45, 60, 90, 120, 180, 270, 365, 540, 730]) as step
),
gaps as (
    select count(gap_days) as observed_gaps
    from purchases
    cross join shop
    where day <= as_of
),
nine_of_ten as (
    select min(days) as found_days
    from normalised_return_curve((select as_of from shop), 1, null)
    where share_of_returns >= 0.9
),
wanted as (
    select
        observed_gaps,
        history_days,
        history_days // 3 as cap_days,
        case when observed_gaps >= 30 then found_days end as found_days,
        case
            when observed_gaps < 30 then 180
            else coalesce((select min(step) from steps where step >= found_days), 730)
        end as wanted_days
    from gaps, shop, nine_of_ten
),
capped as (
    select *, (select max(step) from steps where step <= cap_days) as longest_step
    from wanted
),
suggested as (
    select *, case when history_days >= 90 then least(wanted_days, longest_step) end as suggested_days
    from capped
)
select
    observed_gaps,
    found_days,
    cap_days,
    suggested_days,
    case
        when history_days < 90 then 'short_history'
        when wanted_days > longest_step then 'capped'
        when observed_gaps < 30 then 'few_gaps'
        else 'found'
    end as why
from suggested
