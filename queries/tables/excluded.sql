/*
title = "Rows not used"
says  = "Every row of the files that is not part of an eligible order, with its reason."
grain = "one row per row of a file that is not used"
kind  = "view"
needs = ["raw_excluded", "orders_left_out", "rows_of", "files"]

[columns]
file     = { unit = "text", says = "The file's name." }
record   = { unit = "count", says = "The record's number in the file, from 1." }
detail   = { unit = "text", says = "What exactly could not be read, or the status found." }
order_id = { unit = "text", says = "The order it belongs to, where it names one." }
customer_id = { unit = "text", says = "The order's customer, where known." }
day      = { unit = "date", says = "The order's day, where known." }
value    = { unit = "money", says = "The value of the order it belongs to, not of the row." }
file_no  = { unit = "key", says = "The file." }

[columns.reason]
unit = "code"
says = "Why it is not used."
[columns.reason.sentences]
blank      = "empty row"
unreadable = "no readable date, id or amount"
not_an_order = "not an order: a hold, a footer, a refund that names none"
currency   = "in another currency than the one analysed"
duplicate  = "the same order in a newer file"
later      = "after the as-of date"
test       = "test order"
future     = "dated in the future"
cancelled  = "cancelled, voided, or a credit"
unpaid     = "not paid"
anonymous  = "no customer named"
refunded   = "wholly refunded"
zero       = "worth nothing"
*/
create or replace view excluded as
with rows_not_used as (
    select
        rows_left_out.file_no, rows_left_out.record,
        reason, status as detail, order_id, customer_id, day, value
    from rows_of('orders_left_out') as rows_left_out
    join orders_left_out using (order_key)
    union all
    select file_no, record, reason, detail, null, null, null, null
    from raw_excluded
)
select file, record, detail, order_id, customer_id, day, value, file_no, reason
from rows_not_used
left join files using (file_no)
