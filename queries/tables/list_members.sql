/*
title = "Members of the action lists"
says  = "Who is on which action list, whatever the filter: but for the lists of the lapsed, which are made of lapsed_customers."
grain = "one row per list and customer on it"
kind  = "table"
needs = ["customers", "shop", "goes_together", "lines", "next_anniversary", "tier_floors"]

[columns]
list         = { unit = "code", says = "Name of the list." }
customer_key = { like = "tables/action_lists" }
worth        = { like = "tables/action_lists" }
*/
create or replace table list_members as
with floors as (
    select
        min(from_value) filter (where tier = 'top 1 %')  as of_top_1,
        min(from_value) filter (where tier = 'top 10 %') as of_top_10,
        min(from_value) filter (where tier = 'top 20 %') as of_top_20
    from tier_floors
),
first_days as (
    select distinct first_day
    from customers
),
days_to_thank as (
    select first_day
    from first_days
    cross join (select as_of from shop)
    where next_anniversary(first_day, as_of) <= as_of + 14
),
pair as (
    select unnest([a, b]) as thing, unnest([true, false]) as is_a, share * spent as worth_of_b
    from goes_together
),
without_b as (
    select customer_key, any_value(worth_of_b) as worth_of_b
    from lines
    join pair on thing = coalesce(category, product)
    group by customer_key
    having bool_and(is_a)
),
asked as (
    -- Every question is put to all customers at a time; the lists only collect who said yes.
    select
        customer_key,
        value,
        coalesce(value_at_stake, value)                         as stake,
        value / purchases                                       as usual_order,
        worth_of_b,
        case
            when value < of_top_20 then of_top_20
            when value < of_top_10 then of_top_10
            when value < of_top_1 then of_top_1
        end - value                                             as missing,
        status is distinct from 'lapsed'                        as is_here,
        status = 'at_risk'                                      as is_at_risk,
        status = 'active' and purchases = 1
            and days_since_last >= usual_gap_days               as may_come_again,
        status = 'active' and purchases > 1
            and next_order_due between as_of and as_of + 14     as is_due,
        is_here and without_b.customer_key is not null          as lacks_b,
        is_here and missing <= usual_order                      as is_near,
        is_here and days_to_thank.first_day is not null         as has_anniversary,
        status = 'active' and purchases >= 3
            and segment in ('champions', 'loyal')
            and coalesce(refunded_share, 0) = 0                 as is_happy,
        days_since_last < 30                                    as was_just_here,
        was_just_here and purchases in (5, 10, 25, 50, 100)     as has_milestone,
        was_just_here and tier in ('top 1 %', 'top 10 %')       as is_best
    from customers
    cross join (select as_of from shop)
    cross join floors
    left join days_to_thank using (first_day)
    left join without_b using (customer_key)
    where is_here or was_just_here
),
members as (
    select 'at_risk' as list, customer_key, stake as worth from asked where is_at_risk
    union all
    select 'second_order', customer_key, usual_order from asked where may_come_again
    union all
    select 'reorder_due', customer_key, usual_order from asked where is_due
    union all
    select 'bought_a_not_b', customer_key, worth_of_b from asked where lacks_b
    union all
    select 'near_next_tier', customer_key, missing from asked where is_near
    union all
    select 'milestones', customer_key, value from asked where has_milestone
    union all
    select 'anniversaries', customer_key, value from asked where has_anniversary
    union all
    select 'referral', customer_key, value from asked where is_happy
    union all
    select 'vip', customer_key, value from asked where is_best
)
select
    list::enum (
        'at_risk', 'second_order', 'reorder_due', 'bought_a_not_b', 'near_next_tier', 'milestones',
        'anniversaries', 'referral', 'vip'
    ) as list,
    customer_key,
    worth
from members
