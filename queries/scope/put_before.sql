/*
title = "Put before all others"
says  = "Lets the purchases here be those that were copied."
grain = "the purchases here"
*/
create or replace view purchases_here as
from purchases_of_the_filter
