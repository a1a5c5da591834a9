/*
title = "What goes together"
says  = "The two categories (products, where a line has none) that are bought by the same customers most often beside chance: of the hundred that most customers bought, by lift, where 30 customers or more bought both and chance alone would hardly do it (score test, 5 % over all pairs by Bonferroni). a is the one whose buyers more often buy the other."
grain = "one row, or none"
kind  = "table"
needs = ["lines", "two_sided_p"]

[columns]
a      = { unit = "text", says = "What was bought." }
b      = { unit = "text", says = "What goes with it." }
buyers = { unit = "customers", says = "Customers who bought a." }
shared = { unit = "customers", says = "Of those, who bought b too, on whatever day." }
share  = { unit = "share", says = "shared ÷ buyers." }
times  = { unit = "ratio", says = "Lift: share ÷ share of all customers who bought b." }
spent  = { unit = "money", says = "What those who bought both have spent on b, on average." }
*/
create or replace table goes_together as
with bought as (
    select customer_key, coalesce(category, product) as thing, sum(value) as spent
    from lines
    where thing is not null
    group by all
),
everyone as (
    select count(distinct customer_key) as customers from bought
),
things as (
    select thing, count(*) as buyers
    from bought
    group by thing
    having buyers >= 30
    order by buyers desc, thing
    limit 100
),
pairs as (
    select one.thing as a, other.thing as b, count(*) as shared, avg(other.spent) as spent
    from bought as one
    join bought as other using (customer_key)
    where one.thing in (select thing from things)
      and other.thing in (select thing from things)
      and one.thing != other.thing
    group by all
),
measured as (
    select
        a, b, of_a.buyers, shared, spent,
        shared / of_a.buyers                                       as share,
        of_b.buyers / customers                                  as share_of_all,
        share / share_of_all                                     as times,
        (of_b.buyers - shared) / nullif(customers - of_a.buyers, 0) as share_of_others,
        two_sided_p(
            (share - share_of_others)
            / nullif(sqrt(share_of_all * (1 - share_of_all) * (1 / of_a.buyers + 1 / (customers - of_a.buyers))), 0)
        ) * (select count(*) * (count(*) - 1) / 2 from things)   as p_of_all
    from pairs
    join things as of_a on of_a.thing = a
    join things as of_b on of_b.thing = b
    cross join everyone
)
select a, b, buyers, shared, share, times, spent
from measured
where shared >= 30 and times > 1 and p_of_all <= 0.05
-- The lift of a pair is the same both ways round, but for the last bits.
order by round(times, 12) desc, share desc, a, b
limit 1
