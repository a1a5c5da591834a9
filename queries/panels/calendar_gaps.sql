/*
title = "Gaps and spikes in the calendar"
says  = "Months without an order, which may mean a missing file, and days with more than 8 times the orders usual around them."
grain = "one row per month or day"

[columns.oddity]
unit = "code"
[columns.oddity.sentences]
missing_month = "no order in the whole month"
busy_day      = "far more orders than on the days around"
[columns.from_day]
unit  = "date"
title = "from"
says  = "First day of the month, or the day itself."
[columns.to_day]
unit  = "date"
title = "to"
says  = "Last day of the month, or the day itself."
[columns.orders]
unit     = "orders"
says     = "Eligible orders on these days."
opens    = "ordered_at::date between $row_from_day and $row_to_day"
opens_in = "orders"
[columns.usual_orders]
unit  = "count"
title = "usual"
says  = "Median of the orders on each of the 14 days before and after."
*/
select oddity, from_day, to_day, orders, usual_orders
from calendar_gaps
order by from_day
