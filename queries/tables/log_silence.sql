/*
title = "Logarithm of how rare a silence is"
says  = "ln of silence_one_in: (r + x) · ln((α + T) ÷ (α + t_x)). MBG/NBD, Batislam, Denizel & Filiztekin (2007)."
grain = "one value"
kind  = "macro"

[columns]
log_silence = { unit = "number", says = "0 on the day of the last purchase." }
*/
create or replace macro log_silence(x, t_x, age, r, alpha) as
    (r + x) * ln((alpha + age) / (alpha + t_x))
