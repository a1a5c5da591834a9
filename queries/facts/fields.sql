/*
title = "Customer attributes"
says  = "The columns of the customers table, to filter and break down by."
grain = "one row per column"
*/
select column_name as field, data_type as kind
from duckdb_columns()
where table_name = 'customers'
order by column_index
