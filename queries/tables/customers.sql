/*
title = "Customers"
says  = "Everyone with an eligible order by the as-of date, and what they are like. Further columns are the export's own, as on the first order."
grain = "one row per customer"
kind  = "view"
needs = ["customer_facts", "lapse_window", "status"]

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
status          = { unit = "text", says = "active, at_risk or lapsed on the as-of date." }
r               = { unit = "score", says = "Recency, 1 to 5." }
f               = { unit = "score", says = "Frequency, 1 to 5." }
m               = { unit = "score", says = "Money, 1 to 5." }
segment         = { unit = "text", says = "Name of the cell recency × frequency." }
*/
create or replace view customers as
select
    customer_facts.*,
    status(days_since_last, silence_one_in, lapse_window.days) as status
from customer_facts
cross join lapse_window
