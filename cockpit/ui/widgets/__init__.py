"""Drawn parts that know nothing of shops: charts, tables, cards."""
