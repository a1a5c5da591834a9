/*
title = "Sums of everyone"
says  = "The sums of the strip as they are without a filter."
grain = "one row per span of the strip"
kind  = "table"
extends = "span_sums"
needs = ["span_sums"]
*/
create or replace table sums_of_everyone as
from span_sums
