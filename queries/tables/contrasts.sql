/*
title = "Those who left, by how they came"
says  = "For each trait of the first order that 30 people or more share and 30 do not: how many left under an outcome, inside the group and in the rest, and how sure it is that the two differ. Lapsed is not held against the month of the first order: who came long ago has had more time to lapse."
grain = "one row per attribute and trait"
kind  = "macro"
needs = ["leavers", "arrivals", "arrival_tags", "newcombe", "risk_ratio", "two_sided_p", "benjamini_hochberg"]

[columns]
attribute       = { unit = "text", says = "An attribute of the first order." }
trait           = { unit = "text", says = "Its value." }
people          = { unit = "customers", says = "People with the trait." }
left_us         = { unit = "customers", says = "Of those, who left." }
rest            = { unit = "customers", says = "All others who can be judged." }
rest_left       = { unit = "customers", says = "Of those, who left." }
share_left      = { unit = "share", says = "left_us ÷ people." }
rest_share      = { unit = "share", says = "rest_left ÷ rest." }
difference      = { unit = "share", says = "share_left − rest_share." }
difference_low  = { unit = "share", says = "Lower end of Newcombe's 95 % interval." }
difference_high = { unit = "share", says = "Upper end." }
excess          = { unit = "ratio", says = "left_us less the number to expect if all left alike." }
ratio           = { unit = "ratio", says = "share_left ÷ rest_share." }
ratio_low       = { unit = "ratio", says = "Lower end of the 95 % interval on the log scale." }
ratio_high      = { unit = "ratio", says = "Upper end." }
p               = { unit = "share", says = "Two-sided, of the score test of equal shares; empty where fewer than 5 would be expected to leave or to stay." }
q               = { unit = "share", says = "After Benjamini and Hochberg, over all traits compared." }
verdict         = { unit = "text", says = "leave, stay, unclear or too_few." }
*/
create or replace macro contrasts(outcome, w) as table
with judged as (
    from leavers(outcome, w)
),
everyone as (
    select count(*) as people, count(*) filter (where gone) as left_us
    from judged
),
came as (
    select gone, arrivals.* exclude (customer_key, order_key, day, first_tags)
    from arrivals
    join judged using (customer_key)
),
-- As in traits, of those judged alone: to take apart everyone's attributes first is dear.
traits_of_judged as (
    select attribute, trait, gone
    from came
    unpivot (trait for attribute in (columns(* exclude (gone))))
    union all
    select 'first_tags', tag, gone
    from arrival_tags
    join judged using (customer_key)
),
groups as (
    select attribute, trait, count(*) as people, count(*) filter (where gone) as left_us
    from traits_of_judged
    where outcome != 'lapsed' or attribute != 'first_month'
    group by attribute, trait
),
compared as (
    select
        attribute,
        trait,
        groups.people,
        groups.left_us,
        everyone.people - groups.people             as rest,
        everyone.left_us - groups.left_us           as rest_left,
        groups.left_us / groups.people              as share_left,
        rest_left / rest                            as rest_share,
        everyone.left_us / everyone.people          as share_of_all,
        least(groups.people, rest) * least(share_of_all, 1 - share_of_all) as fewest_expected,
        case
            when fewest_expected >= 5
            then two_sided_p(
                (share_left - rest_share)
                / sqrt(share_of_all * (1 - share_of_all) * (1 / groups.people + 1 / rest))
            )
        end                                         as p
    from groups
    cross join everyone
    where groups.people >= 30 and everyone.people - groups.people >= 30
),
ranked as (
    select
        *,
        row_number() over (order by p nulls last, attribute, trait) as place,
        count(p) over ()                                            as tests
    from compared
),
adjusted as (
    select
        *,
        newcombe(left_us, people, rest_left, rest)   as of_difference,
        risk_ratio(left_us, people, rest_left, rest) as of_ratio,
        benjamini_hochberg(p, place, tests)          as q
    from ranked
)
select
    attribute, trait,
    people, left_us, rest, rest_left, share_left, rest_share,
    share_left - rest_share                 as difference,
    of_difference.low                       as difference_low,
    of_difference.high                      as difference_high,
    left_us - people * share_of_all         as excess,
    share_left / nullif(rest_share, 0)      as ratio,
    of_ratio.low                            as ratio_low,
    of_ratio.high                           as ratio_high,
    p, q,
    case
        when q is null then 'too_few'
        when q > 0.05 or difference_low <= 0 and difference_high >= 0 then 'unclear'
        when difference_low > 0 then 'leave'
        else 'stay'
    end                                     as verdict
from adjusted
