/*
title = "Action lists there are"
says  = "Every action list, and why nobody can tell who belongs on it, where that is so: it is the same whatever the filter."
grain = "one row per list"
kind  = "table"
needs = ["purchase_model", "shop", "lines", "goes_together", "second_orders"]

[columns]
place        = { unit = "count", says = "The list's place among all." }
list         = { unit = "code", says = "Name of the list." }
needs_window = { unit = "yes or no", says = "Whether nobody can tell without a lapse window." }
why_null     = { unit = "code", says = "Why nobody can tell with one; empty where one can." }
money_is     = { unit = "code", says = "What money the list is about; empty where the shop's is not known." }
*/
create or replace table lists_known as
with catalogue as (
    select generate_subscripts(names, 1) as place, unnest(names) as list
    from (
        select [
            'at_risk', 'win_back', 'second_order', 'reorder_due', 'bought_a_not_b', 'near_next_tier',
            'milestones', 'anniversaries', 'referral', 'vip', 'lapsed_sample', 'birthdays', 'complaints'
        ] as names
    )
),
shop_knows as (
    select
        (select why_null is null from purchase_model)                 as has_forecast,
        (select value is not null from shop)                          as has_money,
        exists (from lines where category is not null or product is not null) as has_lines,
        exists (from goes_together)                                   as has_pair,
        (select half_by_days is not null from second_orders)          as has_returns
)
select
    place,
    list,
    list in ('at_risk', 'win_back', 'second_order', 'referral', 'lapsed_sample') as needs_window,
    case
        when list = 'second_order' and not has_returns then 'no_returns'
        when list = 'reorder_due' and not has_forecast then 'no_forecast'
        when list = 'bought_a_not_b' and not has_lines then 'no_lines'
        when list = 'bought_a_not_b' and not has_pair then 'no_pair'
        when list in ('near_next_tier', 'vip') and not has_money then 'no_money'
        when list = 'birthdays' then 'no_birthdays'
        when list = 'complaints' then 'no_complaints'
    end                                                               as why_null,
    case
        when not has_money then null
        when list in ('at_risk', 'win_back') and has_forecast then 'stake'
        when list in ('second_order', 'reorder_due') then 'usual_order'
        when list = 'bought_a_not_b' then 'of_b'
        when list = 'near_next_tier' then 'missing'
        else 'to_date'
    end                                                               as money_is
from catalogue
cross join shop_knows
