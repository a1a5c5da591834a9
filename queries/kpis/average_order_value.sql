/*
title = "Average order"
says  = "Value of the last 365 days ÷ its orders."
grain = "one row"
looks_back = "year"
sample = "select value_in_year as amount, orders_in_year as base from standings where day_before = $day_before and last_day = $last_day and value_in_year is not null and customer_key in (from scope)"

[params]
day_before = "date"
last_day = "date"

[columns]
value    = { unit = "money", opens_as = "n" }
low      = { unit = "money", says = "Lower end of the 95 % interval over customers: bootstrap below 2,000, else the delta method." }
high     = { unit = "money", says = "Upper end of the 95 % interval." }
n        = { unit = "customers", title = "bought in the last 365 days", opens = "customer_key in (select customer_key from purchases where day > $last_day - 365 and day <= $last_day)" }
why_null = { unit = "code", sentences = { no_customers = "Nobody bought in the last 365 days.", no_money = "The export has no money column." } }
*/
with spent as (
    from span_spending
    where day_before = $day_before and last_day = $last_day
)
select
    order_value                            as value,
    order_value - 1.96 * order_value_error as low,
    order_value + 1.96 * order_value_error as high,
    coalesce(bought_in_year, 0)            as n,
    case
        when n = 0 then 'no_customers'
        when order_value is null then 'no_money'
    end                                    as why_null
from strip_spans
left join spent using (day_before, last_day)
where day_before = $day_before and last_day = $last_day
