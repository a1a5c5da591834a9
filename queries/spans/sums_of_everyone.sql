/*
title = "Sums of everyone"
says  = "Takes the sums of everyone as they were kept: without a filter nothing need be added up again."
grain = "one row per span of the strip"
*/
create or replace table span_sums as
from sums_of_everyone
