/*
title = "What goes with being lapsed"
says  = "For each trait of the first order: how many of those who came at least one lapse window ago left, which is to have made no purchase within the window up to the as-of date, beside all others; first where more left than of the rest. It tells what goes together, not what causes it."
grain = "one row per attribute and trait that 30 people or more share and 30 do not"
extends = "drivers"
chart = { kind = "dumbbell", x = "trait", y = ["share_left", "rest_share"] }

[params]
window = "int"
*/
select
    attribute, trait, verdict,
    people, left_us, share_left, rest, rest_left, rest_share,
    difference, difference_low, difference_high, ratio, ratio_low, ratio_high,
    excess, p, q,
    'lapsed' as outcome
from contrasts('lapsed', $window)
order by
    list_position(['leave', 'stay', 'unclear', 'too_few'], verdict),
    case verdict when 'leave' then -excess when 'stay' then excess else p end nulls last,
    attribute, trait
