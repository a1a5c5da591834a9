/*
title = "Spans of the strip"
says  = "The spans of days that the figures of the strip are about: the one in force, the same a year earlier, and the one before it."
grain = "one row per span"
kind  = "arriving"

[columns]
day_before = { unit = "date", says = "d0, the day before the first day counted." }
last_day   = { unit = "date", says = "d1, the last day counted." }
*/
from strip_spans
