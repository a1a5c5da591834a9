/*
title = "The models behind the forecast"
says  = "Parameters of the purchase model (MBG/NBD) and the spend model (Gamma-Gamma), fitted to the whole shop; a filter does not change them."
grain = "one row"

[columns.method]
unit = "text"
says = "The model that says who buys again; empty where the shop can't carry one."
[columns.customers]
unit = "customers"
says = "Customers it was fitted to."
[columns.r]
unit = "number"
says = "Shape of the customers' purchase rates."
[columns.alpha]
unit = "number"
says = "Scale of the customers' purchase rates, in days."
[columns.a]
unit = "number"
says = "With b: the chance to leave for good after a purchase, a ÷ (a + b) at the start."
[columns.b]
unit = "number"
says = "See a."
[columns.spend_p]
unit = "number"
says = "Shape of the values of a customer's purchases."
[columns.spend_q]
unit = "number"
says = "Shape of the differences between customers."
[columns.spend_gamma]
unit = "number"
says = "Scale of the differences between customers, in the shop's currency."

[columns.why_null]
unit  = "code"
title = "note"
[columns.why_null.sentences]
few_customers = "Fewer than 30 customers: too few to forecast from."
no_repeats    = "Nobody has bought twice: nothing to forecast from."
short_history = "Less than two lapse windows of history: too short to forecast from."
*/
select
    case when why_null is null then 'MBG/NBD' end as method,
    purchase_model.customers,
    purchase_model.r,
    purchase_model.alpha,
    purchase_model.a,
    purchase_model.b,
    spend_model.p     as spend_p,
    spend_model.q     as spend_q,
    spend_model.gamma as spend_gamma,
    why_null
from purchase_model
left join spend_model on true
