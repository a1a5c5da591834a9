/*
title = "Customers' tags"
says  = "Each tag of each customer: what stands between the commas and semicolons of `tags`, in any case the same tag."
grain = "one row per customer and tag"
kind  = "table"
needs = ["customer_facts"]

[columns]
customer_key = { unit = "key", says = "The customer." }
tag          = { unit = "text", says = "The tag; of several spellings the one that sorts first." }
*/
create or replace table customer_tags as
with listed as (
    select customer_key, trim(unnest(regexp_split_to_array(tags, '[,;]'))) as spelling
    from customer_facts
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
order by customer_key, tag
