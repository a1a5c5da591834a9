/*
title = "Wilson interval"
says  = "95 % interval of a share: k of n. Wilson (1927); null for an empty base."
grain = "one value"
kind  = "macro"
needs = ["wilson_low", "wilson_high"]

[columns]
low  = { unit = "share", says = "Lower end." }
high = { unit = "share", says = "Upper end." }
*/
create or replace macro wilson(k, n) as
    case when n > 0 then { 'low': wilson_low(k, n), 'high': wilson_high(k, n) } end
