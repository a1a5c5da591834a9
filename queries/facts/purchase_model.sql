/*
title = "The fitted purchase model"
says  = "Its parameters, or why there is none."
grain = "one row"
*/
from purchase_model
