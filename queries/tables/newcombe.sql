/*
title = "Newcombe's interval"
says  = "95 % interval of the difference of two independent shares, k of n less l of m: Newcombe (1998), Statistics in Medicine 17, 873–890, method 10, from two Wilson intervals; null for an empty group."
grain = "one value"
kind  = "macro"
needs = ["wilson_low", "wilson_high"]

[columns]
low  = { unit = "share", says = "Lower end." }
high = { unit = "share", says = "Upper end." }
*/
create or replace macro newcombe(k, n, l, m) as
    case
        when n > 0 and m > 0 then {
            'low': greatest(-1, k / n - l / m - sqrt(pow(k / n - wilson_low(k, n), 2) + pow(wilson_high(l, m) - l / m, 2))),
            'high': least(1, k / n - l / m + sqrt(pow(wilson_high(k, n) - k / n, 2) + pow(l / m - wilson_low(l, m), 2)))
        }
    end
