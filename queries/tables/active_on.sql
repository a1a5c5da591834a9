/*
title = "Active on a day"
says  = "The customers with a purchase in the w days that end on day d."
grain = "one row per active customer"
kind  = "macro"
needs = ["purchases"]

[columns]
customer_key = { unit = "key", says = "The customer." }
last_day     = { unit = "date", says = "Their last purchase on or before the day." }
*/
create or replace macro active_on(d, w) as table
select customer_key, day as last_day
from purchases
where day <= d
  and d < least(coalesce(next_day, date '9999-12-31'), day + w::integer)
