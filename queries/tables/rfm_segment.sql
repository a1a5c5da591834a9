/*
title = "RFM segment"
says  = "The name of the cell recency × frequency: a partition of the 25 cells."
grain = "one value"
kind  = "macro"

[columns]
segment = { unit = "text", says = "champions, loyal, potential loyalists, new, promising, need attention, about to sleep, can't lose, slipping, hibernating or dormant." }
*/
create or replace macro rfm_segment(r, f) as
    case
        when r = 5 and f >= 4 then 'champions'
        when r >= 4 and f in (2, 3) then 'potential loyalists'
        when r = 5 then 'new'
        when r >= 3 and f >= 4 then 'loyal'
        when r = 4 then 'promising'
        when r = 3 and f = 3 then 'need attention'
        when r = 3 then 'about to sleep'
        when f = 5 then 'can''t lose'
        when f >= 3 then 'slipping'
        when r = 2 then 'hibernating'
        else 'dormant'
    end
