/*
title = "Traits"
says  = "What is known of how everyone came, one attribute at a time: nothing that happened after the first order. Each tag is a trait of its own."
grain = "one row per person, attribute that is known of them, and tag"
kind  = "view"
needs = ["arrivals", "arrival_tags"]

[columns]
customer_key = { unit = "key", says = "Who came." }
attribute    = { unit = "text", says = "An attribute of the first order." }
trait        = { unit = "text", says = "Its value." }
*/
create or replace view traits as
select customer_key, attribute, trait
from (select * exclude (order_key, day, first_tags) from arrivals)
unpivot (trait for attribute in (columns(* exclude (customer_key))))
union all
select customer_key, 'first_tags' as attribute, tag as trait
from arrival_tags
