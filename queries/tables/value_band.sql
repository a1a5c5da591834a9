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
        -- To the cent, so that 88.71 + 0.19 + 11.10 lies in the band from 100.
        when round(value, 2) < 1 then 0.0::double
        when round(value, 2) < 2 * pow(10, floor(log10(round(value, 2)))) then pow(10, floor(log10(round(value, 2))))
        when round(value, 2) < 5 * pow(10, floor(log10(round(value, 2)))) then 2 * pow(10, floor(log10(round(value, 2))))
        else 5 * pow(10, floor(log10(round(value, 2))))
    end
