/*
title = "Churn and retention by period"
says  = "Customers lost, kept, won back and new in each period: start − lost + new + won back = end."
grain = "one row per period"
chart = { kind = "line", x = "period_start", y = ["churn_rate", "retention_rate"] }

[params]
grain  = "text"
window = "int"

[columns.period_start]
unit = "date"
says = "First day of the period; d0 is the day before."
[columns.period_end]
unit = "date"
says = "Last day of the period, d1."
[columns.customers_start]
unit  = "customers"
title = "start"
says  = "Active the day before the period, S."
opens = "customer_key in (select customer_key from active_on($row_period_start - 1, $window))"
[columns.lost]
unit  = "customers"
says  = "Active the day before, not active on the last day."
opens = "customer_key in (select customer_key from period_states($grain, $window) where period_start = $row_period_start and state = 'lost')"
[columns.won_back]
unit  = "customers"
says  = "Customers from before who were not active the day before and are on the last day."
opens = "customer_key in (select customer_key from period_states($grain, $window) where period_start = $row_period_start and state = 'won_back')"
[columns.new]
unit  = "customers"
says  = "First purchase in the period, active on its last day."
opens = "customer_key in (select customer_key from period_states($grain, $window) where period_start = $row_period_start and state = 'new')"
[columns.new_gone]
unit  = "customers"
title = "new and gone"
says  = "First purchase in the period, no longer active on its last day."
opens = "customer_key in (select customer_key from period_states($grain, $window) where period_start = $row_period_start and state = 'new_gone')"
[columns.back_gone]
unit  = "customers"
title = "back and gone"
says  = "Came back in the period and lapsed again before its last day."
opens = "customer_key in (select customer_key from period_states($grain, $window) where period_start = $row_period_start and state = 'back_gone')"
[columns.retained]
unit  = "customers"
says  = "Active the day before and on the last day."
opens = "customer_key in (select customer_key from period_states($grain, $window) where period_start = $row_period_start and state = 'retained')"
[columns.customers_end]
unit  = "customers"
title = "end"
says  = "Active on the last day, E."
opens = "customer_key in (select customer_key from active_on($row_period_end, $window))"
[columns.churn_rate]
unit     = "share"
title    = "churn"
says     = "Lost ÷ start."
opens_as = "lost"
[columns.churn_low]
unit = "share"
says = "Lower end of Wilson's 95 % interval of churn."
[columns.churn_high]
unit = "share"
says = "Upper end of Wilson's 95 % interval of churn."
[columns.retention_rate]
unit     = "share"
title    = "CRR"
says     = "Retained ÷ start."
opens_as = "retained"
[columns.why_null]
unit  = "code"
title = "note"
[columns.why_null.sentences]
no_window    = "Less than 90 days of history: no lapse window yet."
unfinished   = "not over yet"
too_early    = "starts less than one lapse window after the first order"
no_customers = "nobody was active when it started"
*/
with calendar as (
    select *, period_number(period_start, $grain) as number
    from periods($grain)
),
counted_by_state as (
    select number, state, lost_in, count(*) as customers
    from visits
    join scope using (customer_key)
    where $grain <> 'own'
    group by all
),
visited as (
    select
        number,
        sum(case when state = 'new' then customers end)        as new,
        sum(case when state = 'new_gone' then customers end)   as new_gone,
        sum(case when state = 'won_back' then customers end)   as won_back,
        sum(case when state = 'back_gone' then customers end)  as back_gone,
        sum(case when state = 'lost' then customers end)       as lost
    from counted_by_state
    group by number
),
lost_in_silence as (
    select lost_in as number, sum(customers) as lost
    from counted_by_state
    where lost_in is not null
    group by lost_in
),
counted_by_calendar as (
    select
        period_start,
        coalesce(new, 0)                                            as new,
        coalesce(new_gone, 0)                                       as new_gone,
        coalesce(won_back, 0)                                       as won_back,
        coalesce(back_gone, 0)                                      as back_gone,
        coalesce(visited.lost, 0) + coalesce(lost_in_silence.lost, 0) as lost,
        sum(coalesce(new, 0) + coalesce(won_back, 0) - coalesce(visited.lost, 0) - coalesce(lost_in_silence.lost, 0))
            over (order by period_start) as customers_end
    from calendar
    left join visited using (number)
    left join lost_in_silence using (number)
),
counted as (
    select
        period_start,
        (customers_end - new - won_back + lost)::bigint as customers_start,
        lost::bigint                                    as lost,
        won_back::bigint                                as won_back,
        new::bigint                                     as new,
        new_gone::bigint                                as new_gone,
        back_gone::bigint                               as back_gone,
        (customers_end - new - won_back)::bigint        as retained,
        customers_end::bigint                           as customers_end
    from counted_by_calendar
    where $grain <> 'own'
    union all
    select
        period_start,
        count(*) filter (where state in ('retained', 'lost')),
        count(*) filter (where state = 'lost'),
        count(*) filter (where state = 'won_back'),
        count(*) filter (where state = 'new'),
        count(*) filter (where state = 'new_gone'),
        count(*) filter (where state = 'back_gone'),
        count(*) filter (where state = 'retained'),
        count(*) filter (where state in ('retained', 'new', 'won_back'))
    from (
        select day_before + 1 as period_start, state
        from own_period, lateral (from span_states(day_before, period_end, $window))
    )
    where $grain = 'own'
    group by period_start
),
judged as (
    select
        calendar.*,
        counted.* exclude (period_start),
        why_no_rate(day_before, calendar.period_end, $window, customers_start) as why_null,
        $window is not null and calendar.period_end <= (select as_of from shop) as over
    from calendar
    join counted using (period_start)
),
told as (
    -- Where nobody was active at the start there is no rate, yet all else is known.
    select *, coalesce(why_null, 'no_customers') = 'no_customers' as states_known
    from judged
)
select
    period_start,
    period_end,
    case when $window is not null then customers_start end               as customers_start,
    case when states_known then lost end                                 as lost,
    case when states_known then won_back end                             as won_back,
    case when over then new end                                          as new,
    case when over then new_gone end                                     as new_gone,
    case when over then back_gone end                                    as back_gone,
    case when states_known then retained end                             as retained,
    case when over then customers_end end                                as customers_end,
    case when why_null is null then lost / customers_start end           as churn_rate,
    case when why_null is null then wilson_low(lost, customers_start) end  as churn_low,
    case when why_null is null then wilson_high(lost, customers_start) end as churn_high,
    case when why_null is null then retained / customers_start end       as retention_rate,
    why_null
from told
order by period_start
