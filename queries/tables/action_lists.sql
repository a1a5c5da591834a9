/*
title = "Action lists"
says  = "Whom to write to, and why: every list of the Actions panel with the money it is about, of the customers in scope under window w."
grain = "one row per list and customer on it"
kind  = "macro"
needs = ["customers", "shop", "scope", "goes_together", "lines", "next_anniversary", "tier_floors"]

[columns]
list         = { unit = "text", says = "Name of the list." }
customer_key = { unit = "key", says = "Who is on it." }
worth        = { unit = "money", says = "What the list counts: at risk and win-back the value at stake (to date, without a forecast); second order and re-order due a usual order; bought a, not b the share of a's buyers who buy b × what those spend on b; next tier what is missing; the others the value to date." }
*/
create or replace macro action_lists(w) as table
with here as (
    select customers.*, customers.value / purchases as usual_order, as_of
    from customers
    cross join shop
    where customer_key in (from scope)
),
interviews as (
    select customer_key
    from here
    where status = 'lapsed' and consent is distinct from 'no'
    order by md5('interview ' || customer_id)
    limit 30
)
select 'at_risk' as list, customer_key, coalesce(value_at_stake, value) as worth
from here
where status = 'at_risk'
union all
select 'win_back', customer_key, coalesce(value_at_stake, value)
from here
where status = 'lapsed' and days_since_last < 2 * w::integer
union all
select 'second_order', customer_key, usual_order
from here
where purchases = 1 and status = 'active' and days_since_last >= usual_gap_days
union all
select 'reorder_due', customer_key, usual_order
from here
where purchases > 1 and status = 'active' and next_order_due between as_of and as_of + 14
union all
select 'bought_a_not_b', customer_key, share * spent
from here
cross join goes_together
where status is distinct from 'lapsed'
  and customer_key in (select customer_key from lines where coalesce(category, product) = a)
  and customer_key not in (select customer_key from lines where coalesce(category, product) = b)
union all
select 'near_next_tier', customer_key, next_floor - value
from (
    select here.*, list_min(list_filter(floors, lambda floor: floor > here.value)) as next_floor
    from here
    cross join (select list(from_value) as floors from tier_floors)
)
where status is distinct from 'lapsed' and next_floor - value <= usual_order
union all
select 'milestones', customer_key, value
from here
where purchases in (5, 10, 25, 50, 100) and days_since_last < 30
union all
select 'anniversaries', customer_key, value
from here
where status is distinct from 'lapsed'
  and next_anniversary(first_day, as_of) <= as_of + 14
union all
select 'referral', customer_key, value
from here
where status = 'active' and purchases >= 3
  and segment in ('champions', 'loyal') and coalesce(refunded_share, 0) = 0
union all
select 'vip', customer_key, value
from here
where tier in ('top 1 %', 'top 10 %') and days_since_last < 30
union all
select 'lapsed_sample', customer_key, value
from here
where customer_key in (from interviews)
