/*
title = "Value band"
says  = "The lower end of the band that an amount lies in: 0, or 1, 2 or 5 times a power of ten."
grain = "one value"
kind  = "macro"

[columns]
from_value = { unit = "money", says = "Lower end of the band." }
*/
create or replace macro value_band(value) as
    case
        when value is null then null
        when value < 1 then 0.0::double
        when value < 2 * pow(10, floor(log10(value))) then pow(10, floor(log10(value)))
        when value < 5 * pow(10, floor(log10(value))) then 2 * pow(10, floor(log10(value)))
        else 5 * pow(10, floor(log10(value)))
    end
