/*
title = "Purchases of everyone, or of those in scope"
says  = "All purchases (who is everyone), or those of the customers in scope (who is scope)."
grain = "one row per customer and day with an eligible order"
kind  = "macro"
extends = "purchases"
needs = ["purchases", "purchases_here"]
*/
create or replace macro purchases_of(who) as table
from purchases
where who = 'everyone'
union all
from purchases_here
where who = 'scope'
