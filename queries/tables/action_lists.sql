/*
title = "Action lists"
says  = "Whom to write to, and why: every list of the Actions panel with the money it is about, of the customers in scope under window w."
grain = "one row per list and customer on it"
kind  = "macro"
needs = ["list_members", "lapsed_customers", "scope"]

[columns]
list         = { unit = "text", says = "Name of the list." }
customer_key = { unit = "key", says = "Who is on it." }
worth        = { unit = "money", says = "What the list counts: at risk and win-back the value at stake (to date, without a forecast); second order and re-order due a usual order; bought a, not b the share of a's buyers who buy b × what those spend on b; next tier what is missing; the others the value to date." }
*/
create or replace macro action_lists(w) as table
with drawn as (
    select customer_key, value
    from lapsed_customers
    join scope using (customer_key)
    where lot is not null
    order by lot
    limit 30
),
everyone as (
    select list::varchar as list, customer_key, worth
    from list_members
    union all
    select 'win_back', customer_key, stake
    from lapsed_customers
    where days_since_last < 2 * w::integer
    union all
    select 'lapsed_sample', customer_key, value
    from drawn
)
-- A join, not the question who is in scope: duckdb answers it without hashing where the keys are dense.
select list, customer_key, worth
from everyone
join scope using (customer_key)
