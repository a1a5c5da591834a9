/*
title = "Reasons"
says  = "Rows not used, by reason."
grain = "one row per reason"
*/
select reason, count(*) as rows
from excluded
group by reason
order by rows desc, reason
