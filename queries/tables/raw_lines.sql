/*
title = "Order lines as read"
says  = "What was bought with every order found, whether it counts or not."
grain = "one row per line of an order"
kind  = "arriving"

[columns]
order_key = { unit = "key", says = "The order." }
sku       = { unit = "text", says = "The shop's own number of the product." }
product   = { unit = "text", says = "Name of the product." }
category  = { unit = "text", says = "As in the export." }
quantity  = { unit = "number", says = "Pieces; below zero for what came back." }
value     = { unit = "money", says = "Total of the line." }
file_no   = { unit = "key", says = "The file it stands in." }
record    = { unit = "count", says = "Its record in that file, from 1; several lines may share one." }
*/
from raw_lines
