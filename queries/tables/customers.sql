/*
title = "Customers"
says  = "Everyone with an eligible order by the as-of date, and what they are like. Further columns are the export's own, as on the first order."
grain = "one row per customer"
kind  = "view"
extends = "customer_facts"
needs = ["customer_facts", "lapse_window", "status"]

[columns]
status = { unit = "text", says = "active, at_risk or lapsed on the as-of date." }
*/
create or replace view customers as
select
    customer_facts.*,
    status(days_since_last, silence_one_in, lapse_window.days) as status
from customer_facts
cross join lapse_window
