/*
title = "Silences on a day"
says  = "How long each customer, of everyone or of those in scope, has been silent on day d, and how unusual that is for them: by the purchase model for those who came back, by the shop's second-order curve for those with one purchase. A shop without a model judges by the customer's own gaps, shrunk towards the shop's."
grain = "one row per customer with a purchase by the day"
kind  = "macro"
needs = ["purchases", "histories", "normalised_return_curve", "purchase_model", "log_silence", "gap_quantile"]

[columns]
customer_key    = { unit = "key", says = "The customer." }
last_day        = { unit = "date", says = "Their last purchase on or before the day." }
purchases       = { unit = "purchases", says = "Purchases on or before the day." }
days_since_last = { unit = "days", says = "Silence on the day." }
usual_gap_days  = { unit = "days", says = "Median gap to expect." }
silence_one_in  = { unit = "one in", says = "One silence in so many is this long, among those that end." }
*/
create or replace macro silences(d, who) as table
with known as (
    from histories(d, who)
),
curve_of_second as (
    select days, share_of_returns from normalised_return_curve(d, 1, 1)
),
second_median as (
    select min(days) as median_gap from curve_of_second where share_of_returns >= 0.5
),
-- There are few lengths of silence, and many who are silent for each.
first_silences as (
    select
        days_since_last,
        1 - coalesce(share_of_returns, 0) as share_longer
    from (select distinct days_since_last from known where purchases = 1)
    asof left join curve_of_second on curve_of_second.days <= days_since_last
),
first_timers as (
    select
        known.*,
        median_gap as usual_gap_days,
        share_longer
    from known
    join first_silences using (days_since_last)
    cross join second_median
    where purchases = 1
),
by_the_model as (
    select
        known.*,
        gap_quantile(0.5, x, t_x, r, alpha)                     as usual_gap_days,
        exp(-log_silence(x, t_x, age, r, alpha))                as share_longer
    from known
    cross join purchase_model
    where purchases > 1 and why_null is null
),
-- No gap comes after a purchase without a number: with a model there is nothing to go through here.
curve_of_all as (
    select days, share_of_returns
    from normalised_return_curve(d, (select case when why_null is not null then 1 end from purchase_model), null)
),
shop_median as (
    select min(days) as median_gap from curve_of_all where share_of_returns >= 0.5
),
own_gaps as (
    select
        known.customer_key,
        count(*)                                                    as gaps,
        count(*) filter (where gap_days > days_since_last)          as longer_gaps,
        median(gap_days)                                            as own_median
    from purchases
    join known using (customer_key)
    cross join purchase_model
    where why_null is not null and day <= d and gap_days is not null
    group by known.customer_key
),
by_own_gaps as (
    select
        known.*,
        (gaps * own_median + 2 * coalesce(median_gap, own_median)) / (gaps + 2) as usual_gap_days,
        (longer_gaps + 2 * (1 - coalesce(share_of_returns, 0))) / (gaps + 2)    as share_longer
    from known
    join own_gaps using (customer_key)
    cross join shop_median
    asof left join curve_of_all on curve_of_all.days <= known.days_since_last
),
judged as (
    select customer_key, last_day, purchases, days_since_last, usual_gap_days, share_longer from first_timers
    union all
    select customer_key, last_day, purchases, days_since_last, usual_gap_days, share_longer from by_the_model
    union all
    select customer_key, last_day, purchases, days_since_last, usual_gap_days, share_longer from by_own_gaps
)
select
    customer_key,
    last_day,
    purchases,
    days_since_last,
    usual_gap_days,
    1 / greatest(share_longer, 0.001) as silence_one_in
from judged
