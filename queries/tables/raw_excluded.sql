/*
title = "Rows that make no order"
says  = "Rows of the files that could not be read as an order, or are one that another row says already."
grain = "one row per row of a file"
kind  = "arriving"

[columns]
file_no = { unit = "key", says = "The file." }
record  = { unit = "count", says = "The record's number in that file, from 1." }
reason  = { unit = "text", says = "blank, unreadable, not_an_order, duplicate or currency." }
detail  = { unit = "text", says = "What exactly could not be read." }
*/
from raw_excluded
