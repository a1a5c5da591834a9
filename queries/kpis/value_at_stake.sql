/*
title = "Value at stake"
says  = "What the silence of those at risk has cost of their predicted next 12 months."
grain = "one row"
looks_back = "never"
more_is_better = false
sample = "select value_at_stake as amount, 1 / count(*) over () as base from customers_here where status = 'at_risk' and value_at_stake is not null"

[params]
last_day = "date"
as_of    = "date"

[columns]
value    = { unit = "money", opens = "status = 'at_risk'", adds_up = "sum:value_at_stake" }
low      = { unit = "money", says = "Lower end of the 95 % interval over customers: bootstrap below 2,000, else sum − 1.96 standard errors." }
high     = { unit = "money", says = "Upper end of the 95 % interval." }
n        = { unit = "customers", title = "at risk", opens = "status = 'at_risk'" }

[columns.doubt]
unit = "code"
says = "What to know before relying on it: the past was too short to test the forecast on."
[columns.doubt.sentences]
untested = "untested: the past is too short"

[columns.why_null]
unit = "code"
[columns.why_null.sentences]
few_customers = "Fewer than 30 customers: too few to forecast from."
no_repeats    = "Nobody has bought twice: nothing to forecast from."
short_history = "Less than two lapse windows of history: too short to forecast from."
no_money      = "The export has no money column."
unpredictable = "History does not predict here: tested on the shop's own past, the best forecast tells buyers from others hardly better than a coin."
other_day     = "Forecasts are made for the as-of date only."
*/
with silent as (
    select
        count(*)                                                        as customers,
        sum(value_at_stake)                                             as stake,
        stddev_samp(value_at_stake) * sqrt(count(value_at_stake))       as standard_error
    from customers_here
    where status = 'at_risk'
),
judged as (
    select
        silent.*,
        case
            when $last_day <> $as_of then 'other_day'
            when purchase_model.why_null is not null then purchase_model.why_null
            when mean is null then 'no_money'
            when predicts is false then 'unpredictable'
        end as why_null,
        case when reason = 'untested' then reason end as doubt
    from silent, spend_model, purchase_model
    left join backtest_verdicts on horizon_days = 90
)
select
    case when why_null is null then coalesce(stake, 0) end             as value,
    case when why_null is null then stake - 1.96 * standard_error end  as low,
    case when why_null is null then stake + 1.96 * standard_error end  as high,
    customers                                                          as n,
    case when why_null is null then doubt end                          as doubt,
    why_null
from judged
