"""A made shop with known truth: three years of an outdoor shop in Norway, and how its orders came about."""
