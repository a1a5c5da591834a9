/*
title = "Customers here of the filter"
says  = "Lets the customers here be those of the filter."
grain = "the customers here"
*/
create or replace view customers_here as
select customers_in_scope.*, status(days_since_last, silence_one_in, lapse_window.days) as status
from customers_in_scope
cross join lapse_window
