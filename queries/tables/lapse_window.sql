/*
title = "Lapse window"
says  = "The days of silence after which a customer counts as lapsed: the owner's choice, or found from the shop's own gaps."
grain = "one row"
kind  = "table"
needs = ["suggested_window"]

[params]
window = "int"

[columns]
observed_gaps = { unit = "gaps", says = "Gaps between purchases that have ended." }
found_days    = { unit = "days", says = "First day by which nine of ten of those who return had returned." }
cap_days      = { unit = "days", says = "A third of the history, the longest window allowed." }
suggested_days = { unit = "days", says = "The window that follows; empty under 90 days of history." }
days          = { unit = "days", says = "The window in force: the owner's, else the one suggested." }
why           = { unit = "code", says = "How it came about: chosen, found, capped, few_gaps or short_history." }
*/
create or replace table lapse_window as
select
    observed_gaps,
    found_days,
    cap_days,
    suggested_days,
    coalesce($window::integer, suggested_days)                  as days,
    case when $window is not null then 'chosen' else why end    as why
from suggested_window
