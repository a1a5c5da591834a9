/*
title = "Wilson interval, lower end"
says  = "Lower end of the 95 % interval of a share: k of n. Wilson (1927); null for an empty base."
grain = "one value"
kind  = "macro"

[columns]
low = { unit = "share", says = "Lower end." }
*/
create or replace macro wilson_low(k, n) as
    case
        when n > 0
        then greatest(0, (k / n + 1.9208 / n - 1.96 * sqrt(k / n * (1 - k / n) / n + 0.9604 / (n * n))) / (1 + 3.8416 / n))
    end
