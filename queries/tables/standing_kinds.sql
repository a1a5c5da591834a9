/*
title = "Kinds of standings"
says  = "Where customers stood in each span of the strip, each way once: of hundreds of thousands of standings there are a few dozen kinds."
grain = "one row per kind"
kind  = "table"
needs = ["standings"]

[columns]
kind           = { like = "tables/standings" }
day_before     = { like = "tables/strip_spans" }
last_day       = { like = "tables/strip_spans" }
kept           = { like = "tables/standings" }
active         = { like = "tables/standings" }
at_risk        = { like = "tables/standings" }
bought_once    = { like = "tables/standings" }
second_missing = { like = "tables/standings" }
*/
create or replace table standing_kinds as
select distinct kind, day_before, last_day, kept, active, at_risk, bought_once, second_missing
from standings
