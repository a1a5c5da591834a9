/*
title = "Status"
says  = "What a silence makes of a customer under window w: lapsed from w days on, else at risk once it is longer than three of four usual gaps."
grain = "one value"
kind  = "macro"

[columns]
status = { unit = "text", says = "active, at_risk or lapsed; empty without a lapse window." }
*/
create or replace macro status(days_since_last, silence_one_in, w) as
    case
        when w is null then null
        when days_since_last >= w then 'lapsed'
        when silence_one_in >= 4 then 'at_risk'
        else 'active'
    end
