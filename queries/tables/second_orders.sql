/*
title = "Days to the second order"
says  = "By when those who ever order again have done so, as of the as-of date; empty where too few have."
grain = "one row"
kind  = "table"
needs = ["normalised_return_curve", "shop"]

[columns]
half_by_days           = { unit = "days", says = "Days after the first purchase by which half of them have bought again." }
three_quarters_by_days = { unit = "days", says = "The same for three of four." }
*/
create or replace table second_orders as
select
    min(days) filter (where share_of_returns >= 0.5)  as half_by_days,
    min(days) filter (where share_of_returns >= 0.75) as three_quarters_by_days
from normalised_return_curve((select as_of from shop), 1, 1)
