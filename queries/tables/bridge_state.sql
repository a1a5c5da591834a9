/*
title = "State in a period"
says  = "What became of a customer between the day before a period and its last day."
grain = "one value"
kind  = "macro"

[columns]
state = { unit = "text", says = "retained, lost, new, won_back, new_gone or back_gone." }
*/
create or replace macro bridge_state(active_at_start, active_at_end, first_bought_inside) as
    case
        when active_at_start and active_at_end then 'retained'
        when active_at_start then 'lost'
        when active_at_end and first_bought_inside then 'new'
        when active_at_end then 'won_back'
        when first_bought_inside then 'new_gone'
        else 'back_gone'
    end
