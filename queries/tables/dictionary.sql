/*
title = "Data dictionary"
says  = "Every column of every table, view and macro that SQL can name, this one's included."
grain = "one row per column"
kind  = "arriving"

[columns]
place  = { unit = "key", says = "Its place: what is made of other tables comes after them." }
name   = { unit = "text", says = "The table, view or macro." }
kind   = { unit = "text", says = "table, view or macro." }
column = { unit = "text", says = "The column, or what a macro gives." }
unit   = { unit = "text", says = "What it is measured in." }
says   = { unit = "text", says = "What it means." }
grain  = { unit = "text", says = "What a row of the table is." }
*/
from dictionary
