/*
title = "What was loaded"
says  = "Rows read = rows used + rows not used, file by file."
grain = "one row per file"

[columns.file]
unit = "text"
says = "The file's name."
[columns.dialect]
unit  = "text"
title = "read as"
says  = "The layout it was recognised as."
[columns.rows_read]
unit  = "rows"
title = "rows read"
says  = "Records in the file."
[columns.rows_used]
unit     = "rows"
title    = "used"
says     = "Rows that make the eligible orders."
opens    = "file_no = $row_file_no"
opens_in = "rows_used"
[columns.rows_excluded]
unit     = "rows"
title    = "not used"
says     = "Rows with a reason not to be."
opens    = "file_no = $row_file_no"
opens_in = "excluded"
[columns.eligible_orders]
unit     = "orders"
title    = "orders used"
says     = "Eligible orders that begin in this file."
opens    = "file_no = $row_file_no"
opens_in = "orders"
[columns.file_no]
unit   = "key"
hidden = true
*/
with used as (
    select file_no, count(*) as rows_used
    from rows_of('orders')
    group by file_no
),
begun as (
    select file_no, count(*) as eligible_orders
    from orders
    group by file_no
),
not_used as (
    select file_no, count(*) as rows_excluded
    from excluded
    group by file_no
)
select
    file,
    dialect,
    rows                                as rows_read,
    coalesce(rows_used, 0)              as rows_used,
    coalesce(rows_excluded, 0)          as rows_excluded,
    coalesce(eligible_orders, 0)        as eligible_orders,
    file_no
from files
left join used using (file_no)
left join begun using (file_no)
left join not_used using (file_no)
order by file_no
