"""Purchase models on arrays: numpy and scipy, nothing else."""
