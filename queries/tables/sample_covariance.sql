/*
title = "Sample covariance out of sums"
says  = "Covariance of two columns (of one with itself: its variance) out of their number, their sums and the sum of their products; much quicker than to go by each row's distance from the mean, and as exact as doubles are while a mean is not millions of times its standard deviation."
grain = "one value"
kind  = "macro"

[columns]
covariance = { unit = "number", says = "Σ(x − x̄)(y − ȳ) ÷ (n − 1); empty for fewer than two." }
*/
create or replace macro sample_covariance(n, sum_x, sum_y, sum_xy) as
    case when n > 1 then (sum_xy - sum_x / n * sum_y) / (n - 1) end
