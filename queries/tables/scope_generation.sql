/*
title = "Generation of the scope"
says  = "Counts up whenever the filter or a definition changes, so that an answer can tell which customers it is about."
grain = "one row"
kind  = "table"
needs = ["scope"]

[params]
generation = "int"

[columns]
generation = { unit = "count", says = "The number of the current scope." }
*/
create or replace table scope_generation as
select $generation::bigint as generation
