/*
title = "Who came, and who left"
says  = "Everyone who can be judged by the as-of date, and whether they left: outcome no_second is no purchase on a later day within 90 days of the first order, of those seen for 90 days; lapsed is no purchase within the last w days, of those who came at least w days ago."
grain = "one row per person who can be judged"
kind  = "macro"
needs = ["arrivals", "purchases", "shop", "scope"]

[columns]
customer_key = { unit = "key", says = "Who came. Whom a filter leaves; those without an order that counts only where nobody is filtered." }
gone         = { unit = "yes or no", says = "Whether they left." }
*/
create or replace macro leavers(outcome, w) as table
with today as (
    select
        as_of,
        case outcome when 'no_second' then 90 else w::integer end as days,
        customers = (select count(*) from scope)                  as is_everyone
    from shop
),
judged as (
    select
        customer_key,
        case outcome when 'no_second' then arrivals.day else as_of - days end      as after,
        case outcome when 'no_second' then arrivals.day + days else as_of end      as until
    from arrivals
    cross join today
    where arrivals.day + days <= as_of
      and (
          customer_key in (from scope)
          or is_everyone and customer_key not in (select customer_key from purchases)
      )
),
back as (
    select distinct customer_key
    from judged
    join purchases using (customer_key)
    where purchases.day > after and purchases.day <= until
)
select
    customer_key,
    customer_key not in (from back) as gone
from judged
