/*
title = "Tags of first orders"
says  = "Each tag of each first order: what stands between the commas and semicolons of `first_tags`, in any case the same tag."
grain = "one row per person and tag"
kind  = "table"
needs = ["arrivals"]

[columns]
customer_key = { unit = "key", says = "Who came." }
tag          = { unit = "text", says = "The tag; of several spellings the one that sorts first." }
*/
create or replace table arrival_tags as
with listed as (
    select customer_key, trim(unnest(regexp_split_to_array(first_tags, '[,;]'))) as spelling
    from arrivals
),
spelled as (
    select
        customer_key,
        min(spelling) over (partition by lower(spelling)) as tag
    from listed
    where spelling <> ''
)
select distinct customer_key, tag
from spelled
