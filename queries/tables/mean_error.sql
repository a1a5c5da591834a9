/*
title = "Standard error of a mean"
says  = "Standard deviation ÷ √n, out of the number, the sum and the sum of squares."
grain = "one value"
kind  = "macro"
needs = ["sample_covariance"]

[columns]
error = { unit = "number", says = "The standard error; empty for fewer than two." }
*/
create or replace macro mean_error(n, sum_x, sum_xx) as
    case when n > 1 then sqrt(greatest(sample_covariance(n, sum_x, sum_x, sum_xx), 0) / n) end
