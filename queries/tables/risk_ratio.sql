/*
title = "Interval of a ratio of shares"
says  = "95 % interval of the ratio of two independent shares, k of n ÷ l of m, on the log scale: Katz, Baptista, Azen & Pike (1978), Biometrics 34, 469–474; null where one of the shares is nought."
grain = "one value"
kind  = "macro"

[columns]
low  = { unit = "ratio", says = "Lower end." }
high = { unit = "ratio", says = "Upper end." }
*/
create or replace macro risk_ratio(k, n, l, m) as
    case
        when k > 0 and l > 0 then {
            'low': (k / n) / (l / m) * exp(-1.96 * sqrt(1 / k - 1 / n + 1 / l - 1 / m)),
            'high': (k / n) / (l / m) * exp(1.96 * sqrt(1 / k - 1 / n + 1 / l - 1 / m))
        }
    end
