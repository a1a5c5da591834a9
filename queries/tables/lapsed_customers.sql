/*
title = "Lapsed customers"
says  = "Everyone who has lapsed, whatever the filter: how long ago, what winning them back is about, and the lot they have drawn for an interview."
grain = "one row per lapsed customer"
kind  = "table"
needs = ["customers"]

[columns]
customer_key    = { unit = "key", says = "Who has lapsed." }
days_since_last = { unit = "days", says = "Days from the last purchase to the as-of date." }
stake           = { unit = "money", says = "Value at stake; to date, without a forecast." }
value           = { unit = "money", says = "Value to date." }
lot             = { unit = "count", says = "The lower, the sooner asked why they left: the head of a digest of the identity, the same each time. Empty for who must not be written to." }
*/
create or replace table lapsed_customers as
select
    customer_key,
    days_since_last::integer         as days_since_last,
    coalesce(value_at_stake, value)  as stake,
    value,
    case
        when consent is distinct from 'no'
        then ('0x' || left(md5('interview ' || customer_id), 16))::ubigint
    end                              as lot
from customers
where status = 'lapsed'
