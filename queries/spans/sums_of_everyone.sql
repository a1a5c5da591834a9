/*
title = "Sums of everyone, again"
says  = "Takes the sums as they are without a filter: nothing need be added up again."
grain = "one row per span of the strip"
*/
create or replace table span_sums as
from sums_of_everyone
