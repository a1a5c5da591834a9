/*
title = "Two-sided p-value of a normal score"
says  = "Chance of a standard normal value at least as far from nought as z: the Chebyshev fit of erfc in Press et al., Numerical Recipes, section 6.2, right to a ten-millionth of itself."
grain = "one value"
kind  = "macro"

[columns]
p = { unit = "share", says = "The chance." }
*/
create or replace macro two_sided_p(z) as
    case
        when z is not null then least(1, exp(
            -z * z / 2
            + list_reduce(
                [
                    0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807,
                    -0.18628806, 0.09678418, 0.37409196, 1.00002368, -1.26551223
                ]::double[],
                lambda fit, term: fit / (1 + abs(z) / (2 * sqrt(2))) + term
            )
        ) / (1 + abs(z) / (2 * sqrt(2))))
    end
