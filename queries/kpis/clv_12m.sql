/*
title = "CLV, 12 months"
says  = "Mean predicted value over the next 12 months of customers who have not lapsed."
grain = "one row"
looks_back = "never"
sample = "select clv_12m as amount, 1 as base from customers_here where coalesce(status, '') <> 'lapsed' and clv_12m is not null"

[params]
last_day = "date"
as_of    = "date"

[columns]
value    = { unit = "money", opens_as = "n" }
low      = { unit = "money", says = "Lower end of the 95 % interval over customers: bootstrap below 2,000, else mean − 1.96 standard errors." }
high     = { unit = "money", says = "Upper end of the 95 % interval." }
n        = { unit = "customers", title = "not lapsed", opens = "coalesce(status, '') <> 'lapsed'" }

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
no_customers  = "There are no customers here."
unpredictable = "History does not predict here: tested on the shop's own past, the best forecast tells buyers from others hardly better than a coin."
other_day     = "Forecasts are made for the as-of date only."
*/
with predicted as (
    select
        count(*)                                    as customers,
        avg(clv_12m)                                as mean,
        stddev_samp(clv_12m) / sqrt(count(clv_12m)) as standard_error
    from customers_here
    where coalesce(status, '') <> 'lapsed'
),
judged as (
    select
        predicted.*,
        case
            when $last_day <> $as_of then 'other_day'
            when predicted.customers = 0 then 'no_customers'
            when purchase_model.why_null is not null then purchase_model.why_null
            when mean is null then 'no_money'
            when predicts is false then 'unpredictable'
        end as why_null,
        case when reason = 'untested' then reason end as doubt
    from predicted, purchase_model
    left join backtest_verdicts on horizon_days = 90
)
select
    case when why_null is null then mean end                          as value,
    case when why_null is null then mean - 1.96 * standard_error end  as low,
    case when why_null is null then mean + 1.96 * standard_error end  as high,
    customers                                                         as n,
    case when why_null is null then doubt end                         as doubt,
    why_null
from judged
