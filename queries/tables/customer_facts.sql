/*
title = "Customer facts"
says  = "Everyone with an eligible order by the as-of date, and what they are like. Further columns are the export's own, as on the first order."
grain = "one row per customer"
kind  = "table"
needs = ["orders", "orders_left_out", "purchases", "raw_orders", "customer_keys", "shop", "silences", "rfm_on", "first_orders", "scores", "chosen_chances"]

[columns]
customer_key    = { unit = "key", says = "Stands for the customer in every table." }
customer_id     = { unit = "text", says = "The identity after merging: e-mail, else the platform's id, else phone." }
email           = { unit = "text", says = "From the last order that has one." }
phone           = { unit = "text", says = "From the last order that has one." }
name            = { unit = "text", says = "From the last order that has one." }
consent         = { unit = "text", says = "yes, no or empty: may be written to, by the last order that says so." }
country         = { unit = "text", says = "Of the last order." }
channel         = { unit = "text", says = "Of the last order." }
tags            = { unit = "text", says = "Of the last order that has any." }
first_product   = { unit = "text", says = "Dearest product of the first order." }
first_category  = { unit = "text", says = "Category of that product." }
first_discount  = { unit = "text", says = "yes or no: the first order was discounted; empty where the export does not say." }
first_discount_share = { unit = "share", says = "Discount ÷ price before it, of the first order." }
first_month     = { unit = "text", says = "Month of the first order, such as 2024-11." }
first_weekday   = { unit = "text", says = "Weekday of the first order." }
first_value     = { unit = "money", says = "Value of the first order." }
first_size      = { unit = "text", says = "The first order beside all first orders: small, middle or large third." }
first_day       = { unit = "date", says = "First purchase." }
last_day        = { unit = "date", says = "Last purchase." }
orders          = { unit = "orders", says = "Eligible orders." }
purchases       = { unit = "purchases", says = "Days with an eligible order." }
value           = { unit = "money", says = "Value to date." }
tier            = { unit = "text", says = "Rank by value to date: top 1 %, top 10 %, top 20 %, upper half or lower half." }
refunded_share  = { unit = "share", says = "Money given back ÷ money paid, wholly refunded orders included." }
days_since_last = { unit = "days", says = "Days from the last purchase to the as-of date." }
usual_gap_days  = { unit = "days", says = "Median gap, the customer's own shrunk towards the shop's." }
silence_one_in  = { unit = "one in", says = "One silence in so many is this long, among those that end." }
p_alive         = { unit = "share", says = "Chance to be still a customer." }
p_no_order_30d  = { unit = "share", says = "Chance of no order in the next 30 days, by the method that did best on the shop's past." }
p_no_order_90d  = { unit = "share", says = "The same for 90 days." }
p_no_order_180d = { unit = "share", says = "The same for 180 days." }
expected_purchases_12m = { unit = "purchases", says = "Expected purchases in the next 365 days." }
clv_12m         = { unit = "money", says = "Predicted value of the next 12 months, discounted, times the margin." }
next_order_due  = { unit = "date", says = "Day by which three of four such customers' next orders have come." }
value_at_stake  = { unit = "money", says = "clv_12m judged on the day of the last purchase, less the same judged today: what the silence has cost." }
r               = { unit = "score", says = "Recency, 1 to 5." }
f               = { unit = "score", says = "Frequency, 1 to 5." }
m               = { unit = "score", says = "Money, 1 to 5." }
segment         = { unit = "text", says = "Name of the cell recency × frequency." }
*/
create or replace table customer_facts as
with totals as (
    select
        customer_key,
        min(day)    as first_day,
        sum(orders) as orders,
        sum(value)  as value
    from purchases
    group by customer_key
),
last_orders as (
    -- orders are stored by customer and time, so the last row is the last order
    select
        customer_key,
        arg_max(coalesce(country, ''), rowid) as country,
        arg_max(coalesce(channel, ''), rowid) as channel
    from orders
    group by customer_key
),
contacts as (
    select
        orders.customer_key,
        arg_max(email, orders.rowid) filter (where email is not null)     as email,
        arg_max(phone, orders.rowid) filter (where phone is not null)     as phone,
        arg_max(name, orders.rowid) filter (where name is not null)       as name,
        arg_max(raw_orders.tags, orders.rowid) filter (where raw_orders.tags is not null) as tags,
        arg_max(consent, orders.rowid) filter (where consent is not null) as consent
    from raw_orders
    join orders using (order_key)
    group by orders.customer_key
),
refunds as (
    select
        customer_key,
        sum(coalesce(refund, 0)) / nullif(sum(gross), 0) as refunded_share
    from (
        select customer_key, gross, refund from orders
        union all
        select customer_key, gross, coalesce(refund, gross) from orders_left_out where reason = 'refunded'
    )
    group by customer_key
),
ranks as (
    select
        customer_key,
        case
            when value is null then null
            when rank <= 0.01 then 'top 1 %'
            when rank <= 0.10 then 'top 10 %'
            when rank <= 0.20 then 'top 20 %'
            when rank <= 0.50 then 'upper half'
            else 'lower half'
        end as tier
    from (
        select customer_key, value, cume_dist() over (order by value desc nulls last) as rank
        from totals
    )
)
select
    customer_key,
    customer_id,
    email, phone, name, consent,
    nullif(country, '') as country,
    nullif(channel, '') as channel,
    tags,
    first_product, first_category, first_discount, first_discount_share,
    first_month, first_weekday, first_value, first_size,
    first_day,
    today.last_day,
    totals.orders::bigint as orders,
    today.purchases,
    totals.value, tier, refunded_share,
    today.days_since_last,
    today.usual_gap_days,
    today.silence_one_in,
    p_alive,
    coalesce(chosen_chances.p_no_order_30d, scores.p_no_order_30d)   as p_no_order_30d,
    coalesce(chosen_chances.p_no_order_90d, scores.p_no_order_90d)   as p_no_order_90d,
    coalesce(chosen_chances.p_no_order_180d, scores.p_no_order_180d) as p_no_order_180d,
    expected_purchases_12m,
    clv_12m,
    next_order_due,
    value_at_stake,
    r, f, m, segment,
    first_orders.* exclude (
        customer_key, first_product, first_category, first_discount, first_discount_share,
        first_country, first_channel, first_month, first_weekday, first_value, first_size
    )
from totals
join silences((select as_of from shop), 'everyone') as today using (customer_key)
join rfm_on((select as_of from shop)) using (customer_key)
join customer_keys using (customer_key)
join last_orders using (customer_key)
join contacts using (customer_key)
join first_orders using (customer_key)
join refunds using (customer_key)
join ranks using (customer_key)
left join scores using (customer_key)
left join chosen_chances using (customer_key)
order by customer_key
