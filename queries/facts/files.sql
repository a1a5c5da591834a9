/*
title = "Files"
says  = "The files that were read, in the order they were given."
grain = "one row per file"
*/
select file, dialect, rows
from files
order by file_no
