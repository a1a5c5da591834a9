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
with counted as (
    select list, count(*) as customers, sum(worth) as money
    from action_lists($window)
    group by list
),
judged as (
    select
        place, list, money_is,
        case when needs_window and $window is null then 'no_window' else why_null end as why_null
    from lists_known
)
select
    list,
    case when why_null is null then coalesce(customers, 0) end as customers,
    case
        when why_null is not null or money_is is null then null
        when customers is null then 0
        else money
    end                                                        as money,
    case when why_null is null then money_is end               as money_is,
    list                                                       as action,
    why_null
from judged
left join counted using (list)
order by place
