/*
title = "The owner's choices"
says  = "What the owner chose about which orders count and what they are worth."
grain = "one row"
kind  = "table"

[params]
as_of = "date"
latest_plausible_day = "date"
value_basis = "text"
zero_orders = "text"

[columns]
chosen_as_of         = { unit = "date", says = "The as-of date asked for; empty: the day of the last eligible order." }
latest_plausible_day = { unit = "date", says = "Orders after this day lie in the future." }
value_basis          = { unit = "text", says = "paid: what the customer paid and did not get back; goods: without shipping and tax." }
zero_orders          = { unit = "text", says = "exclude or keep orders that are worth nothing." }
*/
create or replace table choices as
select
    $as_of::date                as chosen_as_of,
    $latest_plausible_day::date as latest_plausible_day,
    $value_basis::varchar       as value_basis,
    $zero_orders::varchar       as zero_orders
