/*
title = "Who came, and who left"
says  = "Everyone who can be judged by the as-of date, and whether they left: outcome no_second is no purchase on a later day within 90 days of the first order, of those seen for 90 days; lapsed is no purchase within the last w days, of those who came at least w days ago."
grain = "one row per person who can be judged"
kind  = "macro"
needs = ["afterwards", "shop", "scope"]

[columns]
customer_key = { unit = "key", says = "Who came. Whom a filter leaves; those without an order that counts only where nobody is filtered." }
gone         = { unit = "yes or no", says = "Whether they left." }
*/
create or replace macro leavers(outcome, w) as table
with here as (
    select afterwards.*
    from afterwards
    join scope using (customer_key)
    union all
    select *
    from afterwards
    where days_silent is null
      and (select count(*) from scope) = (select customers from shop)
)
select
    customer_key,
    not coalesce(case outcome when 'no_second' then days_to_next <= 90 else days_silent < w::integer end, false) as gone
from here
where days_seen >= case outcome when 'no_second' then 90 else w::integer end
