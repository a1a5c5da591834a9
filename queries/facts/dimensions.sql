/*
title = "Dimensions"
says  = "The customer attributes in words, of which the export knows at least one value; addresses and names are none."
grain = "one row per attribute"
*/
with known as (
    unpivot (
        select count(columns(lambda c: c not in ('customer_key', 'customer_id', 'email', 'phone', 'name')))
        from customers
    )
    on columns(*)
    into name field value customers
)
select field
from known
join duckdb_columns() on table_name = 'customers' and column_name = field
where data_type = 'VARCHAR'
  and customers > 0
order by column_index
