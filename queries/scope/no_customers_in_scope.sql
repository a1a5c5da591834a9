/*
title = "No customers of a filter"
says  = "Lets go of those of the filter that was."
grain = "nothing"
*/
drop table if exists customers_in_scope
