/*
title = "Quantile of the next gap"
says  = "Days after the last purchase by which the share q of such customers' next purchases have come, if still a customer: (α + t_x) · ((1 − q)^(−1 ÷ (r + x)) − 1)."
grain = "one value"
kind  = "macro"

[columns]
days = { unit = "days", says = "At most a hundred years." }
*/
create or replace macro gap_quantile(q, x, t_x, r, alpha) as
    least((alpha + t_x) * (exp(least(-ln(1 - q) / (r + x), 700)) - 1), 36525)
