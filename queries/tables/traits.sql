/*
title = "Traits"
says  = "What is known of how everyone came, one attribute at a time: nothing that happened after the first order. Each tag is a trait of its own."
grain = "one row per person, attribute that is known of them, and tag"
kind  = "view"
needs = ["arrivals"]

[columns]
customer_key = { unit = "key", says = "Who came." }
attribute    = { unit = "text", says = "An attribute of the first order." }
trait        = { unit = "text", says = "Its value." }
*/
create or replace view traits as
with tagged as (
    select customer_key, trim(tag) as spelling
    from arrivals, unnest(regexp_split_to_array(first_tags, '[,;]')) as split(tag)
    where trim(tag) <> ''
)
select customer_key, attribute, trait
from (select * exclude (order_key, day, first_tags) from arrivals)
unpivot (trait for attribute in (columns(* exclude (customer_key))))
union all
select distinct
    customer_key,
    'first_tags'                                          as attribute,
    min(spelling) over (partition by lower(spelling))     as trait
from tagged
