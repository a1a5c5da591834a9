/*
title = "Purchases of the filter"
says  = "The purchases of the customers who meet the filter; empty without one."
grain = "one row per customer in scope and day with an eligible order"
kind  = "table"
extends = "purchases"
needs = ["purchases"]
*/
create or replace table purchases_of_the_filter as
from purchases
where false
