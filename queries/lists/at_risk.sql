/*
title = "At risk"
says  = "Active customers who are silent for longer than three of four of their usual gaps and still worth something, by value at stake; by value to date where there is no forecast."
grain = "one row per customer"
sort  = ["-value_at_stake", "-value", "customer_key"]

[columns]
customer_key    = { unit = "key", hidden = true }
customer_id     = { unit = "text", title = "customer" }
name            = { unit = "text" }
country         = { unit = "text" }
value_at_stake  = { unit = "money", title = "at stake" }
value           = { unit = "money", title = "to date" }
purchases       = { unit = "purchases" }
last_day        = { unit = "date", title = "last" }
days_since_last = { unit = "days", title = "silent" }
usual_gap_days  = { unit = "days", title = "usual gap" }
silence_one_in  = { unit = "one in", title = "one in" }
p_no_order_90d  = { unit = "share", title = "no order in 90 d" }
clv_12m         = { unit = "money", title = "next 12 months" }
segment         = { unit = "text" }
rhythm          = { unit = "code", hidden = true }
second_by_days  = { unit = "days", hidden = true }
back_in_ten     = { unit = "count", hidden = true }
back_in_hundred = { unit = "count", hidden = true }
alike_value     = { unit = "text", hidden = true }
alike_customers = { unit = "customers", hidden = true }
alike_back      = { unit = "customers", hidden = true }
email           = { unit = "text" }
phone           = { unit = "text" }
consent         = { unit = "text" }

[columns.reason]
unit = "sentence"
title = "why"
by   = "rhythm"
[columns.reason.sentences]
own                = "Usually orders every {usual_gap_days} days, silent for {days_since_last}: one silence in {silence_one_in} is that long."
own_chance         = "Usually orders every {usual_gap_days} days, silent for {days_since_last}: one silence in {silence_one_in} is that long; about {back_in_ten} of 10 such customers order within 90 days."
own_hardly         = "Usually orders every {usual_gap_days} days, silent for {days_since_last}: one silence in {silence_one_in} is that long; fewer than 1 of 20 such customers orders within 90 days."
own_unpredicted    = "Usually orders every {usual_gap_days} days, silent for {days_since_last}: one silence in {silence_one_in} is that long. History does not predict here who orders again."
first              = "Ordered once, {days_since_last} days ago: three of four who come back have done so by day {second_by_days}."
first_unpredicted  = "Ordered once, {days_since_last} days ago: three of four who come back have done so by day {second_by_days}. History does not predict here who orders again."
alike_everyone     = "Ordered once, {days_since_last} days ago; three of four who come back have by day {second_by_days}. Of {alike_customers} first-time buyers silent for even longer, {alike_back} came back; about {back_in_hundred} of 100 such customers order within 90 days."
alike_category     = "Ordered once, {days_since_last} days ago; three of four who come back have by day {second_by_days}. Of {alike_customers} first-time buyers of {alike_value} silent for even longer, {alike_back} came back; about {back_in_hundred} of 100 such customers order within 90 days."
alike_product      = "Ordered once, {days_since_last} days ago; three of four who come back have by day {second_by_days}. Of {alike_customers} first-time buyers of {alike_value} silent for even longer, {alike_back} came back; about {back_in_hundred} of 100 such customers order within 90 days."
alike_country      = "Ordered once, {days_since_last} days ago; three of four who come back have by day {second_by_days}. Of {alike_customers} first-time buyers in {alike_value} silent for even longer, {alike_back} came back; about {back_in_hundred} of 100 such customers order within 90 days."
alike_channel      = "Ordered once, {days_since_last} days ago; three of four who come back have by day {second_by_days}. Of {alike_customers} first-time buyers through {alike_value} silent for even longer, {alike_back} came back; about {back_in_hundred} of 100 such customers order within 90 days."
alike_discount_yes = "Ordered once, {days_since_last} days ago; three of four who come back have by day {second_by_days}. Of {alike_customers} first-time buyers at a discount silent for even longer, {alike_back} came back; about {back_in_hundred} of 100 such customers order within 90 days."
alike_discount_no  = "Ordered once, {days_since_last} days ago; three of four who come back have by day {second_by_days}. Of {alike_customers} first-time buyers at full price silent for even longer, {alike_back} came back; about {back_in_hundred} of 100 such customers order within 90 days."
alike_size         = "Ordered once, {days_since_last} days ago; three of four who come back have by day {second_by_days}. Of {alike_customers} first-time buyers of the {alike_value} third by value silent for even longer, {alike_back} came back; about {back_in_hundred} of 100 such customers order within 90 days."

[columns.action]
unit = "code"
title = "suggested"
[columns.action.sentences]
personal = "Write personally: one of the best customers"
remind   = "Remind of what they usually order"
second   = "Offer a second order: first-time buyer"
no_mail  = "May not be written to by e-mail: call, or leave in peace"
*/
with tested as (
    select count(*) > 0 as unpredicted
    from backtest_verdicts
    where horizon_days = 90 and predicts = false
)
select
    customer_key, customer_id, name, country, value_at_stake, value, purchases, last_day,
    days_since_last, usual_gap_days, silence_one_in, customers.p_no_order_90d, clv_12m, segment,
    case
        when unpredicted then case when purchases = 1 then 'first' else 'own' end || '_unpredicted'
        when alike_by = 'discount' then 'alike_discount_' || alike_value
        when alike_by is not null then 'alike_' || alike_by
        when purchases = 1 then 'first'
        when customers.p_no_order_90d is null then 'own'
        when 1 - customers.p_no_order_90d < 0.05 then 'own_hardly'
        else 'own_chance'
    end                                             as rhythm,
    three_quarters_by_days                          as second_by_days,
    round(10 * (1 - customers.p_no_order_90d))::integer       as back_in_ten,
    round(100 * (1 - customers.p_no_order_90d))::integer      as back_in_hundred,
    alike_value, alike_customers, alike_back,
    rhythm                                          as reason,
    case
        when consent = 'no' then 'no_mail'
        when tier in ('top 1 %', 'top 10 %') then 'personal'
        when purchases = 1 then 'second'
        else 'remind'
    end                                             as action,
    email, phone, consent
from customers
cross join second_orders
cross join tested
left join chosen_chances using (customer_key)
where status = 'at_risk'
  and customer_key in (from scope)
