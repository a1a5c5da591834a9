/*
title = "Today's work"
says  = "Whom to write to, and what they have been worth so far."
grain = "one row per kind of work"

[params]
window = "int"

[columns.work]
unit  = "code"
title = "whom"
[columns.work.sentences]
regulars_quiet = "Regulars who have gone quiet"
first_not_back = "First-time buyers who are not back in their usual time"
win_back       = "Lapsed for at most one more window: still worth winning back"
[columns.customers]
unit  = "customers"
says  = "How many there are."
opens = "case $row_work when 'regulars_quiet' then status = 'at_risk' and purchases > 1 when 'first_not_back' then status = 'at_risk' and purchases = 1 else status = 'lapsed' and days_since_last < 2 * $window end"
[columns.value]
unit    = "money"
says    = "Their value to date."
opens   = "case $row_work when 'regulars_quiet' then status = 'at_risk' and purchases > 1 when 'first_not_back' then status = 'at_risk' and purchases = 1 else status = 'lapsed' and days_since_last < 2 * $window end"
adds_up = "sum:value"
*/
with kinds as (
    select unnest(['regulars_quiet', 'first_not_back', 'win_back']) as work
),
sorted_out as (
    select
        case
            when status = 'at_risk' and purchases > 1 then 'regulars_quiet'
            when status = 'at_risk' then 'first_not_back'
            when status = 'lapsed' and days_since_last < 2 * $window then 'win_back'
        end as work,
        value
    from customers
    where customer_key in (from scope)
)
select
    work,
    case when $window is not null then count(sorted_out.work) end as customers,
    case
        when $window is null then null
        when count(sorted_out.work) = 0 then 0
        else sum(value)
    end as value
from kinds
left join sorted_out using (work)
group by work
order by list_position(['regulars_quiet', 'first_not_back', 'win_back'], work)
