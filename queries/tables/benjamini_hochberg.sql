/*
title = "Benjamini–Hochberg"
says  = "The smallest share of false discoveries at which a test would still be one, of `tests` with this p-value and its rank from 1, the smallest p first; over the rows at hand: Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57, 289–300."
grain = "one value"
kind  = "macro"

[columns]
q = { unit = "share", says = "The share, at most 1." }
*/
create or replace macro benjamini_hochberg(p, place, tests) as
    -- least() passes over what is null.
    case when p is not null then least(1, min(p * tests / place) over (order by place desc)) end
