/*
title = "Why a period has no rates"
says  = "The reason that churn and retention of a period can't be known; empty where they can: the day before it lies at least one window into the history, it is over, and someone was active."
grain = "one value"
kind  = "macro"
needs = ["shop"]

[columns]
why_null = { unit = "code", says = "no_window, too_early, unfinished or no_customers." }
*/
create or replace macro why_no_rate(day_before, last_day, w, customers_start) as
    case
        when w is null then 'no_window'
        when last_day > (select as_of from shop) then 'unfinished'
        when day_before < (select first_day from shop) + w::integer - 1 then 'too_early'
        when coalesce(customers_start, 0) = 0 then 'no_customers'
    end
