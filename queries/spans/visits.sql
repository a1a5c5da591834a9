/*
title = "Visits by another calendar"
says  = "Makes the visits anew, by periods or under a lapse window that are not those in force."
grain = "the visits"

[params]
calendar = "text"
window   = "int"
*/
create or replace table visits as
from visits_by($calendar, $window)
