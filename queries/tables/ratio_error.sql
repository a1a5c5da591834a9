/*
title = "Standard error of a ratio"
says  = "Standard error of sum(y) ÷ sum(x) over n customers, by the delta method: Cochran (1977), chapter 6; null for one customer."
grain = "one value"
kind  = "macro"

[columns]
standard_error = { unit = "number", says = "From the ratio, sum(x), var_samp(y), covar_samp(y, x) and var_samp(x)." }
*/
create or replace macro ratio_error(n, ratio, sum_x, variance_y, covariance, variance_x) as
    case
        when n > 1
        then sqrt(n * greatest(variance_y - 2 * ratio * covariance + ratio * ratio * variance_x, 0)) / abs(nullif(sum_x, 0))
    end
