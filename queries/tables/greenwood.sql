/*
title = "Kaplan–Meier interval"
says  = "95 % interval of a share returned, from Greenwood's variance on the log-log scale (Kalbfleisch & Prentice); null where the share is 0 or 1."
grain = "one value"
kind  = "macro"

[columns]
low  = { unit = "share", says = "Lower end." }
high = { unit = "share", says = "Upper end." }
*/
create or replace macro greenwood(share_returned, log_variance) as
    case
        when share_returned > 0 and share_returned < 1 then {
            'low': 1 - pow(1 - share_returned, exp(1.96 * sqrt(log_variance) / ln(1 - share_returned))),
            'high': 1 - pow(1 - share_returned, exp(-1.96 * sqrt(log_variance) / ln(1 - share_returned)))
        }
    end
