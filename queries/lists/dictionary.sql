/*
title = "Tables and columns"
says  = "The data dictionary: every table, view and macro that SQL can name, column by column."
grain = "one row per column"
sort  = ["place"]

[columns]
place   = { unit = "key", hidden = true }
name    = { unit = "text", title = "table or macro" }
kind    = { unit = "text" }
column  = { unit = "text" }
unit    = { unit = "text" }
says    = { unit = "text", title = "means" }
grain   = { unit = "text", title = "a row is" }
*/
select place, name, kind, "column", unit, says, grain
from dictionary
