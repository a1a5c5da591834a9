/*
title = "Visits"
says  = "In which periods of the chosen length each customer bought, and what that made of them by the end of the period."
grain = "one row per customer and period in which they bought"
kind  = "table"
needs = ["visits_by", "lapse_window"]

[params]
period = "text"

[columns]
customer_key    = { unit = "key", says = "Who bought." }
number          = { unit = "count", says = "Number of the period, as period_number counts months, quarters or years." }
cohort          = { unit = "count", says = "Number of the period of their first purchase." }
state           = { unit = "text", says = "What became of them in the period: retained, lost, new, won_back, new_gone or back_gone." }
lost_in         = { unit = "count", says = "Number of the later period in which they lapse before they buy again; empty where they don't." }
is_second       = { unit = "yes or no", says = "Their second purchase is among those of the period." }
is_last         = { unit = "yes or no", says = "Their last purchase is among those of the period." }
came_again      = { unit = "yes or no", says = "A purchase of the period is not their first." }
orders          = { unit = "orders", says = "Orders in the period." }
new_value       = { unit = "money", says = "What their first purchase is worth, where it is in the period." }
returning_value = { unit = "money", says = "What their later purchases in the period are worth." }
*/
create or replace table visits as
from visits_by($period, (select days from lapse_window))
