/*
title = "Chance of no order"
says  = "Chance of no purchase within so many days: 1 − P(alive) · (1 − (1 + days ÷ (α + T))^−(r + x))."
grain = "one value"
kind  = "macro"

[columns]
p_no_order = { unit = "share", says = "Between 0 and 1." }
*/
create or replace macro p_no_order(alive, x, age, days, r, alpha) as
    1 - alive * (1 - exp(-(r + x) * ln(1 + days / (alpha + age))))
