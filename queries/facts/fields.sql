/*
title = "Customer attributes"
says  = "The columns of the customers table, to filter and break down by."
grain = "one row per column"
*/
select name as field, type as kind
from pragma_table_info('customers')
order by cid
