/*
title = "Purchases here"
says  = "The purchases of the customers in scope."
grain = "one row per customer in scope and day with an eligible order"
kind  = "view"
extends = "purchases"
needs = ["purchases"]
*/
create or replace view purchases_here as
from purchases
