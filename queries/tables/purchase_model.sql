/*
title = "Purchase model"
says  = "Parameters of the MBG/NBD model, fitted to how often and when customers bought; empty where the shop is too small or too young."
grain = "one row"
kind  = "fitted"
needs = ["histories", "shop", "suggested_window"]

[columns]
r         = { unit = "number", says = "Shape of the customers' purchase rates." }
alpha     = { unit = "days", says = "Scale of the customers' purchase rates." }
a         = { unit = "number", says = "With b: chance to leave for good after a purchase, a ÷ (a + b) at the start." }
b         = { unit = "number", says = "See a." }
customers = { unit = "customers", says = "Customers it was fitted to." }
why_null  = { unit = "code", says = "Why there is none: few_customers, no_repeats or short_history." }
*/
select
    x, t_x, age,
    count(*)                                                            as customers,
    (select history_days from shop)                                     as history_days,
    (select coalesce(suggested_days, 45) from suggested_window)       as window_days
from histories((select as_of from shop), 'everyone')
group by x, t_x, age
