/*
title = "Generation"
says  = "The number of the scope that an answer is about."
grain = "one row"
*/
select generation
from scope_generation
