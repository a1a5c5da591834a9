/*
title = "Exchanges"
says  = "How many eligible orders are exchanges."
grain = "one row"
*/
select count(*) as orders
from exchanges
