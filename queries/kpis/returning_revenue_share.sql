/*
title = "Returning revenue"
says  = "Share of the last 365 days' value that comes from purchases which are not the customer's first."
grain = "one row"
looks_back = "year"
sample = "select returning_in_year as amount, value_in_year as base from standings where day_before = $day_before and last_day = $last_day and value_in_year is not null and customer_key in (from scope)"

[params]
day_before = "date"
last_day = "date"

[columns]
value    = { unit = "share", opens_as = "n" }
low      = { unit = "share", says = "Lower end of the 95 % interval over customers: bootstrap below 2,000, else the delta method." }
high     = { unit = "share", says = "Upper end of the 95 % interval." }
n        = { unit = "customers", title = "bought in the last 365 days", opens = "customer_key in (select customer_key from purchases where day > $last_day - 365 and day <= $last_day)" }
why_null = { unit = "code", sentences = { no_customers = "Nobody bought in the last 365 days.", no_money = "The export has no money column." } }
*/
with spent as (
    from span_spending
    where day_before = $day_before and last_day = $last_day
)
select
    returning_share                                                                                    as value,
    case when returning_error is not null then greatest(0, returning_share - 1.96 * returning_error) end as low,
    case when returning_error is not null then least(1, returning_share + 1.96 * returning_error) end  as high,
    coalesce(bought_in_year, 0)                                                                        as n,
    case
        when n = 0 then 'no_customers'
        when returning_share is null then 'no_money'
    end                                                                                                as why_null
from strip_spans
left join spent using (day_before, last_day)
where day_before = $day_before and last_day = $last_day
