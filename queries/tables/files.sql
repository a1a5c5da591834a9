/*
title = "Files"
says  = "The files that were read, in the order in which they were named."
grain = "one row per file"
kind  = "arriving"

[columns]
file_no  = { unit = "key", says = "Stands for the file in other tables, from 0." }
file     = { unit = "text", says = "The file's name." }
dialect  = { unit = "text", says = "The layout it was recognised as." }
rows     = { unit = "rows", says = "Records in the file." }
modified = { unit = "timestamp", says = "When the file was last written, by the machine's clock." }
*/
from files
