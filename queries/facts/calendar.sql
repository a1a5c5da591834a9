/*
title = "Oddities of the calendar"
says  = "Months without an order and days with suspiciously many, to warn of."
grain = "one row per month or day"
*/
select oddity, from_day, orders, usual_orders
from calendar_gaps
order by from_day
