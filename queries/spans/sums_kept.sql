/*
title = "Sums of everyone, kept"
says  = "Keeps the sums that were made while everyone was in scope."
grain = "one row per span of the strip"
*/
create or replace table sums_of_everyone as
from span_sums
