/*
title = "Silences on a day"
says  = "How long each customer has been silent on day d, and how unusual that is for them: the share of gaps that last longer, their own shrunk towards the shop's."
grain = "one row per customer with a purchase by the day"
kind  = "macro"
needs = ["purchases", "normalised_return_curve"]

[columns]
customer_key    = { unit = "key", says = "The customer." }
last_day        = { unit = "date", says = "Their last purchase on or before the day." }
purchases       = { unit = "purchases", says = "Purchases on or before the day." }
days_since_last = { unit = "days", says = "Silence on the day." }
usual_gap_days  = { unit = "days", says = "Median gap, the customer's own shrunk towards the shop's." }
silence_one_in  = { unit = "number", says = "One silence in so many is this long, among those that end." }
*/
create or replace macro silences(d) as table
with until_the_day as (
    select
        customer_key,
        day,
        gap_days,
        d - max(day) over (partition by customer_key) as days_since_last
    from purchases
    where day <= d
),
own_gaps as (
    select
        customer_key,
        max(day)                                               as last_day,
        count(*)                                               as purchases,
        any_value(days_since_last)                             as days_since_last,
        count(gap_days)                                        as gaps,
        count(*) filter (where gap_days > days_since_last)     as longer_gaps,
        median(gap_days)                                       as median_gap
    from until_the_day
    group by customer_key
),
curve_of_all as (
    select days, share_of_returns from normalised_return_curve(d, 1, null)
),
curve_of_second as (
    select days, share_of_returns from normalised_return_curve(d, 1, 1)
),
shop_median as (
    select min(days) as median_gap from curve_of_all where share_of_returns >= 0.5
),
second_median as (
    select min(days) as median_gap from curve_of_second where share_of_returns >= 0.5
),
lengths as (
    select distinct days_since_last as days from own_gaps
),
longer_in_the_shop as (
    select
        days,
        1 - coalesce((select max(share_of_returns) from curve_of_all where curve_of_all.days <= lengths.days), 0) as of_all,
        1 - coalesce((select max(share_of_returns) from curve_of_second where curve_of_second.days <= lengths.days), 0) as of_second
    from lengths
),
shares as (
    select
        own_gaps.*,
        case
            when gaps = 0 then of_second
            else (longer_gaps + 2 * of_all) / (gaps + 2)
        end as share_longer,
        case
            when gaps = 0 then second_median.median_gap
            else (gaps * own_gaps.median_gap + 2 * coalesce(shop_median.median_gap, own_gaps.median_gap)) / (gaps + 2)
        end as usual_gap_days
    from own_gaps
    join longer_in_the_shop on longer_in_the_shop.days = own_gaps.days_since_last
    cross join shop_median
    cross join second_median
)
select
    customer_key,
    last_day,
    purchases,
    days_since_last,
    usual_gap_days,
    1 / greatest(share_longer, 0.001) as silence_one_in
from shares
