/*
title = "Scores"
says  = "What the purchase and spend models say about each customer on the as-of date; empty without a purchase model."
grain = "one row per customer"
kind  = "table"
needs = ["purchases", "histories", "shop", "purchase_model", "spend_model", "expected_purchases", "p_alive", "p_no_order", "gap_quantile"]

[params]
margin = "double"

[columns]
customer_key           = { unit = "key", says = "The customer." }
p_alive                = { unit = "share", says = "Chance to be still a customer." }
p_no_order_30d         = { unit = "share", says = "Chance of no order in the next 30 days." }
p_no_order_90d         = { unit = "share", says = "Chance of no order in the next 90 days." }
p_no_order_180d        = { unit = "share", says = "Chance of no order in the next 180 days." }
expected_purchases_12m = { unit = "purchases", says = "Expected purchases in the next 365 days." }
expected_value         = { unit = "money", says = "Expected value of a purchase." }
clv_12m                = { unit = "money", says = "Predicted value of the next 12 months, discounted, times the margin." }
value_at_stake         = { unit = "money", says = "clv_12m judged on the day of the last purchase, less the same judged today: what the silence has cost." }
next_order_due         = { unit = "date", says = "Day by which three of four such customers' next orders have come." }
*/
create or replace table scores as
with repeat_values as (
    select customer_key, avg(value) as repeat_value
    from purchases
    where nth > 1 and day <= (select as_of from shop)
    group by customer_key
),
known as (
    from histories((select as_of from shop), 'everyone')
    left join repeat_values using (customer_key)
),
judged as (
    select
        known.*,
        r, alpha,
        p_alive(known.x, t_x, known.age, r, alpha, a, b) as p_alive,
        p_alive(known.x, t_x, t_x, r, alpha, a, b)           as p_alive_at_last,
        today.expected_12m                                       as expected_today,
        today.discounted_12m                                     as discounted_today,
        at_last.discounted_12m                                   as discounted_at_last,
        case
            when known.x > 0 and repeat_value > 0
            then spend.p * (gamma + known.x * least(repeat_value, ceiling)) / (spend.p * known.x + q - 1)
            else mean
        end                                                      as expected_value
    from known
    cross join purchase_model
    cross join spend_model as spend
    join expected_purchases as today on today.x = known.x and today.age = known.age
    join expected_purchases as at_last on at_last.x = known.x and at_last.age = known.t_x
)
select
    customer_key,
    p_alive,
    p_no_order(p_alive, x, age, 30, r, alpha)       as p_no_order_30d,
    p_no_order(p_alive, x, age, 90, r, alpha)       as p_no_order_90d,
    p_no_order(p_alive, x, age, 180, r, alpha)      as p_no_order_180d,
    p_alive * expected_today                        as expected_purchases_12m,
    expected_value,
    $margin * expected_value * p_alive * discounted_today as clv_12m,
    $margin * expected_value
        * (p_alive_at_last * discounted_at_last - p_alive * discounted_today) as value_at_stake,
    last_day + ceil(gap_quantile(0.75, x, t_x, r, alpha))::integer as next_order_due
from judged
