/*
title = "Rows of orders"
says  = "The rows of the files that make the orders of a table such as `orders`; an order may have rows in several files."
grain = "one row per order and row of a file"
kind  = "macro"
needs = ["raw_lines", "orders", "orders_left_out"]

[columns]
order_key = { unit = "key", says = "The order." }
file_no   = { unit = "key", says = "The file." }
record    = { unit = "count", says = "The record's number in the file, from 1." }
*/
create or replace macro rows_of(which) as table
select order_key, file_no, record from query_table(which)
union
select order_key, file_no, record from raw_lines semi join query_table(which) using (order_key)
