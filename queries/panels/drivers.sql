/*
title = "What goes with not coming back"
says  = "For each trait of the first order: how many of those seen for 90 days left, which is to have made no purchase on a later day within them, beside all others; first where more left than of the rest. It tells what goes together, not what causes it."
grain = "one row per attribute and trait that 30 people or more share and 30 do not"
chart = { kind = "dumbbell", x = "trait", y = ["share_left", "rest_share"] }

[params]
window = "int"

[columns.attribute]
unit = "text"
says = "An attribute of the first order, never of what came after it."
[columns.trait]
unit  = "text"
title = "who"
says  = "The attribute's value."
[columns.verdict]
unit  = "code"
title = "goes with"
says  = "Clear only where q is at most 0.05 and the interval of the difference leaves out nought."
[columns.verdict.sentences]
leave   = "leaving"
stay    = "staying"
unclear = "no clear difference"
too_few = "too few to tell"
[columns.people]
unit     = "customers"
title    = "customers"
says     = "Those with the trait who can be judged."
opens_in = "arrivals"
opens    = "customer_key in (select customer_key from leavers($row_outcome, $window)) and customer_key in (select customer_key from traits where attribute = $row_attribute and trait = $row_trait)"
[columns.left_us]
unit     = "customers"
title    = "left"
says     = "Of those, who left."
opens_in = "arrivals"
opens    = "customer_key in (select customer_key from leavers($row_outcome, $window) where gone) and customer_key in (select customer_key from traits where attribute = $row_attribute and trait = $row_trait)"
[columns.share_left]
unit     = "share"
title    = "share left"
says     = "Left ÷ customers."
opens_as = "left_us"
[columns.rest]
unit     = "customers"
says     = "All others who can be judged, those of whom the attribute is not known among them."
opens_in = "arrivals"
opens    = "customer_key in (select customer_key from leavers($row_outcome, $window)) and customer_key not in (select customer_key from traits where attribute = $row_attribute and trait = $row_trait)"
[columns.rest_left]
unit     = "customers"
title    = "rest left"
says     = "Of the rest, who left."
opens_in = "arrivals"
opens    = "customer_key in (select customer_key from leavers($row_outcome, $window) where gone) and customer_key not in (select customer_key from traits where attribute = $row_attribute and trait = $row_trait)"
[columns.rest_share]
unit     = "share"
title    = "of the rest"
says     = "Rest left ÷ rest."
opens_as = "rest_left"
[columns.difference]
unit     = "share"
says     = "Share left − share of the rest."
opens_as = "people"
[columns.difference_low]
unit = "share"
says = "Lower end of Newcombe's 95 % interval (1998, method 10)."
[columns.difference_high]
unit = "share"
says = "Upper end of that interval."
[columns.ratio]
unit     = "ratio"
says     = "Share left ÷ share of the rest."
opens_as = "people"
[columns.ratio_low]
unit = "ratio"
says = "Lower end of the 95 % interval on the log scale (Katz 1978)."
[columns.ratio_high]
unit = "ratio"
says = "Upper end of that interval."
[columns.excess]
unit     = "ratio"
title    = "more left"
says     = "Left − the number to expect if all left alike. What is clear stands in this order."
opens_as = "people"
[columns.p]
unit = "ratio"
says = "Two-sided, of equal shares (score test); empty where fewer than 5 would be expected to leave or to stay."
[columns.q]
unit = "ratio"
says = "After Benjamini and Hochberg over all rows: of what is at most 0.05, one in twenty is not real."
[columns.outcome]
unit   = "code"
hidden = true
*/
select
    attribute, trait, verdict,
    people, left_us, share_left, rest, rest_left, rest_share,
    difference, difference_low, difference_high, ratio, ratio_low, ratio_high,
    excess, p, q,
    'no_second' as outcome
from contrasts('no_second', $window)
order by
    list_position(['leave', 'stay', 'unclear', 'too_few'], verdict),
    case verdict when 'leave' then -excess when 'stay' then excess else p end nulls last,
    attribute, trait
