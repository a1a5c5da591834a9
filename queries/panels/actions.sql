/*
title = "Whom to write to"
says  = "Every action list: how many customers are on it, what money it is about, and what to do; empty where the export does not say who belongs on it."
grain = "one row per list"

[params]
window = "int"

[columns.list]
unit  = "code"
title = "list"
[columns.list.sentences]
at_risk        = "At risk"
win_back       = "Win back"
second_order   = "Second order"
reorder_due    = "Re-order due"
bought_a_not_b = "Bought one, not the other"
near_next_tier = "Near the next tier"
milestones     = "Milestones"
anniversaries  = "Anniversaries"
referral       = "Might refer others"
vip            = "Thank the best"
lapsed_sample  = "Lapsed, to interview"
birthdays      = "Birthdays"
complaints     = "Unresolved complaints"
[columns.customers]
unit  = "customers"
says  = "Customers on the list."
opens = "customer_key in (select customer_key from action_lists($window) where list = $row_list)"
[columns.money]
unit     = "money"
says     = "What the list is about, added up; the column beside it says what that is."
opens_as = "customers"
[columns.money_is]
unit  = "code"
title = "which is"
[columns.money_is.sentences]
stake       = "value at stake"
to_date     = "value to date"
usual_order = "a usual order each"
of_b        = "at the usual share"
missing     = "missing to the tier"
[columns.action]
unit  = "code"
title = "what to do"
[columns.action.sentences]
at_risk        = "Write before they are gone"
win_back       = "Ask them back, with a reason"
second_order   = "Suggest a second order now"
reorder_due    = "Remind: it is about time"
bought_a_not_b = "Show them the other"
near_next_tier = "Tell them how little is missing"
milestones     = "Congratulate, with a small gift"
anniversaries  = "Thank them for the years"
referral       = "Ask them to bring a friend"
vip            = "Thank in person, no offer"
lapsed_sample  = "Call and ask why they left"
birthdays      = "Send a greeting"
complaints     = "Solve it before anything else"
[columns.why_null]
unit  = "code"
title = "note"
[columns.why_null.sentences]
no_window     = "Less than 90 days of history: nobody can be told to be lapsed or at risk."
no_returns    = "Nobody has come back yet: when one usually does is not known."
no_forecast   = "No forecast: too few customers, or too short a history."
no_lines      = "The export has no products."
no_pair       = "No two products are bought together clearly more often than by chance."
no_money      = "The export has no money column."
no_birthdays  = "No birthdays are loaded."
no_complaints = "No complaints are loaded."
*/
with catalogue as (
    select unnest([
        'at_risk', 'win_back', 'second_order', 'reorder_due', 'bought_a_not_b', 'near_next_tier',
        'milestones', 'anniversaries', 'referral', 'vip', 'lapsed_sample', 'birthdays', 'complaints'
    ]) as list
),
counted as (
    select list, count(*) as customers, sum(worth) as money
    from action_lists($window)
    group by list
),
shop_knows as (
    select
        (select why_null is null from purchase_model)                 as has_forecast,
        (select value is not null from shop)                          as has_money,
        exists (from lines where category is not null or product is not null) as has_lines,
        exists (from goes_together)                                   as has_pair,
        (select half_by_days is not null from second_orders)          as has_returns
),
judged as (
    select
        list,
        case
            when list in ('at_risk', 'win_back', 'second_order', 'referral', 'lapsed_sample') and $window is null
            then 'no_window'
            when list = 'second_order' and not has_returns then 'no_returns'
            when list = 'reorder_due' and not has_forecast then 'no_forecast'
            when list = 'bought_a_not_b' and not has_lines then 'no_lines'
            when list = 'bought_a_not_b' and not has_pair then 'no_pair'
            when list in ('near_next_tier', 'vip') and not has_money then 'no_money'
            when list = 'birthdays' then 'no_birthdays'
            when list = 'complaints' then 'no_complaints'
        end                                                           as why_null,
        has_money,
        case
            when list in ('at_risk', 'win_back') and has_forecast then 'stake'
            when list in ('second_order', 'reorder_due') then 'usual_order'
            when list = 'bought_a_not_b' then 'of_b'
            when list = 'near_next_tier' then 'missing'
            else 'to_date'
        end                                                           as money_is
    from catalogue
    cross join shop_knows
)
select
    list,
    case when why_null is null then coalesce(customers, 0) end        as customers,
    case
        when why_null is not null or not has_money then null
        when customers is null then 0
        else money
    end                                                               as money,
    case when why_null is null and has_money then money_is end        as money_is,
    list                                                              as action,
    why_null
from judged
left join counted using (list)
order by list_position([
    'at_risk', 'win_back', 'second_order', 'reorder_due', 'bought_a_not_b', 'near_next_tier',
    'milestones', 'anniversaries', 'referral', 'vip', 'lapsed_sample', 'birthdays', 'complaints'
], list)
