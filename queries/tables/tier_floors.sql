/*
title = "Tier floors"
says  = "What the last customer of each tier has spent: the tiers that an owner speaks of, top 1, 10 and 20 %."
grain = "one row per tier that somebody is in"
kind  = "table"
needs = ["customers"]

[columns]
tier       = { unit = "text", says = "top 1 %, top 10 % or top 20 %." }
from_value = { unit = "money", says = "The least value to date in it." }
*/
create or replace table tier_floors as
select tier, min(value) as from_value
from customers
where tier in ('top 1 %', 'top 10 %', 'top 20 %')
group by tier
