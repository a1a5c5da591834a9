/*
title = "Three things worth knowing"
says  = "Who is missing in a span, beside the same span a year earlier, else the span before: churn, silence, and no second order. A share rose or fell only where the 95 % interval of the difference leaves out nought."
grain = "one row per thing"

[params]
day_before = "date"
last_day   = "date"
grain      = "text"
window     = "int"

[columns.topic]
unit  = "code"
title = "what"
[columns.topic.sentences]
churn     = "lost, of those active when the span started"
silent    = "at risk, of those active when it ended"
no_second = "no second order, of those whose first 90 days ended in it"
[columns.missing]
unit  = "customers"
says  = "Customers who are missing: lost, at risk, or without a second purchase."
opens = "customer_key in (select customer_key from missing_in($day_before, $last_day, $window) where topic = $row_topic and missing)"
[columns.of_all]
unit  = "customers"
title = "of"
says  = "Everyone who could be."
opens = "customer_key in (select customer_key from missing_in($day_before, $last_day, $window) where topic = $row_topic)"
[columns.share]
unit     = "share"
says     = "Missing ÷ everyone who could be."
opens_as = "missing"
[columns.share_low]
unit = "share"
says = "Lower end of Wilson's 95 % interval."
[columns.share_high]
unit = "share"
says = "Upper end of that interval."
[columns.compared]
unit  = "code"
title = "beside"
[columns.compared.sentences]
year   = "a year earlier"
before = "in the span before"
[columns.share_then]
unit  = "share"
title = "then"
says  = "The same share there."
[columns.difference]
unit     = "share"
says     = "Share − share then."
opens_as = "missing"
[columns.difference_low]
unit = "share"
says = "Lower end of Newcombe's 95 % interval (1998, method 10), which takes the spans for independent. Whoever is in both makes the truth surer than it says, so it claims too little sooner than too much."
[columns.difference_high]
unit = "share"
says = "Upper end of that interval."
[columns.verdict]
unit  = "code"
says  = "What the interval of the difference allows to say."
[columns.verdict.sentences]
rose    = "rose"
fell    = "fell"
unclear = "no clear change"
alone   = "nothing to compare with"
[columns.money]
unit     = "money"
title    = "worth"
says     = "Value to date, up to the last day, of those missing."
opens_as = "missing"
[columns.mostly]
unit  = "code"
title = "mostly"
says  = "Whether most of those missing had bought on one day only: where Wilson's interval of that share leaves out a half."
[columns.mostly.sentences]
once   = "one-time buyers"
repeat = "repeat buyers"
mixed  = "neither"
[columns.why_null]
unit  = "code"
title = "note"
[columns.why_null.sentences]
no_window    = "less than 90 days of history: no lapse window yet"
unfinished   = "the span is not over yet"
too_early    = "it begins too early in the history"
no_customers = "nobody was active"
no_newcomers = "nobody's first 90 days ended in it"
*/
with spans as (
    select 'now' as span, $day_before::date as d0, $last_day::date as d1
    union all
    select 'year', year_before($day_before), year_before($last_day)
    union all
    select 'before', span_before($day_before, $last_day, $grain), $day_before::date
),
topics as (
    select unnest(['churn', 'silent', 'no_second']) as topic
),
counted as (
    select
        topic, span, d0, d1,
        case topic when 'churn' then active_at_start when 'silent' then active else newcomers end           as of_all,
        case topic when 'churn' then lost when 'silent' then at_risk else no_second end                     as missing,
        case topic when 'churn' then lost_once when 'silent' then at_risk_once else no_second_once end      as once,
        case topic when 'churn' then value_lost when 'silent' then value_at_risk else value_no_second end   as money
    from topics
    cross join spans
    left join span_sums on day_before = d0 and last_day = d1
),
judged as (
    select
        *,
        replace(
            why_no_rate(
                case topic when 'churn' then d0 when 'silent' then d1 else d0 - 89 end,
                d1,
                case topic when 'no_second' then 1 else $window end,
                of_all
            ),
            'customers',
            case topic when 'no_second' then 'newcomers' else 'customers' end
        ) as why_null
    from counted
),
-- The same time of the year where the history allows, as on the strip.
beside as (
    select topic, span as compared, missing as missing_then, of_all as of_all_then
    from judged
    where span <> 'now' and why_null is null
    qualify row_number() over (partition by topic order by span = 'before') = 1
),
measured as (
    select
        judged.*,
        compared,
        missing_then / of_all_then                              as share_then,
        wilson(missing, of_all)                                 as of_share,
        newcombe(missing, of_all, missing_then, of_all_then)    as of_difference,
        wilson(once, missing)                                   as of_once
    from judged
    left join beside using (topic)
    where span = 'now' and why_null is null
)
select
    topic,
    missing,
    of_all,
    missing / of_all                as share,
    of_share.low                    as share_low,
    of_share.high                   as share_high,
    compared,
    share_then,
    missing / of_all - share_then   as difference,
    of_difference.low               as difference_low,
    of_difference.high              as difference_high,
    case
        when compared is null then 'alone'
        when of_difference.low > 0 then 'rose'
        when of_difference.high < 0 then 'fell'
        else 'unclear'
    end                             as verdict,
    money,
    case
        when missing = 0 then null
        when of_once.low > 0.5 then 'once'
        when of_once.high < 0.5 then 'repeat'
        else 'mixed'
    end                             as mostly,
    why_null
from measured
union all by name
select topic, why_null
from judged
where span = 'now' and why_null is not null
order by list_position(['churn', 'silent', 'no_second'], topic)
