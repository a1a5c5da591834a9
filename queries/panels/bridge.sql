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
purchases_in_scope as (
    from stretches($grain, $window)
),
lasting as (
    select *
    from purchases_in_scope
    where first_end < end_after
),
begun as (
    select
        first_end                                       as number,
        count(*)                                        as begun,
        count(*) filter (where first_ever = first_end)  as new
    from lasting
    group by first_end
),
ended as (
    select end_after as number, count(*) as ended
    from lasting
    group by end_after
),
gone_on as (
    select ended.end_after as number, count(*) as gone_on
    from lasting as ended
    join lasting as begun on begun.customer_key = ended.customer_key and begun.first_end = ended.end_after
    group by ended.end_after
),
first_timers as (
    select first_end as number, count(*) as first_timers
    from purchases_in_scope
    where nth = 1
    group by first_end
),
short_visits as (
    select distinct customer_key, first_end as number
    from purchases_in_scope
    where first_end = end_after and first_ever < first_end
),
back_and_gone as (
    select number, count(*) as back_gone
    from short_visits
    anti join (
        select customer_key, unnest(range(first_end, end_after + 1)) as number
        from lasting
        semi join short_visits using (customer_key)
    ) as seen_at_an_end using (customer_key, number)
    group by number
),
counted_by_calendar as (
    select
        period_start,
        coalesce(begun, 0) - coalesce(gone_on, 0)         as arrived,
        coalesce(new, 0)                                  as new,
        coalesce(ended, 0) - coalesce(gone_on, 0)         as lost,
        coalesce(first_timers, 0) - coalesce(new, 0)      as new_gone,
        coalesce(back_gone, 0)                            as back_gone,
        sum(coalesce(begun, 0) - coalesce(ended, 0)) over (order by period_start)::bigint as customers_end
    from calendar
    left join begun using (number)
    left join ended using (number)
    left join gone_on using (number)
    left join first_timers using (number)
    left join back_and_gone using (number)
),
counted as (
    select
        period_start,
        customers_end - arrived + lost  as customers_start,
        lost,
        arrived - new                   as won_back,
        new,
        new_gone,
        back_gone,
        customers_end - arrived         as retained,
        customers_end
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
    from period_states($grain, $window)
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
    case when why_null is null then wilson(lost, customers_start).low end  as churn_low,
    case when why_null is null then wilson(lost, customers_start).high end as churn_high,
    case when why_null is null then retained / customers_start end       as retention_rate,
    why_null
from told
order by period_start
