/*
title = "P(alive)"
says  = "Chance to be still a customer: 1 ÷ (1 + a ÷ (b + x) · silence_one_in). MBG/NBD, Batislam, Denizel & Filiztekin (2007)."
grain = "one value"
kind  = "macro"
needs = ["log_silence"]

[columns]
p_alive = { unit = "share", says = "Between 0 and 1." }
*/
create or replace macro p_alive(x, t_x, age, r, alpha, a, b) as
    1 / (1 + exp(least(ln(a) - ln(b + x) + log_silence(x, t_x, age, r, alpha), 700)))
