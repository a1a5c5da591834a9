"""The shop that the benchmarks are run on: orders in even steps over five years, customers by chance."""

from pathlib import Path

import duckdb

MADE = """
copy (
    select
        '#' || (1000 + i)                                              as order_id,
        'k' || (hash(i) % {customers}) || '@example.com'               as email,
        timestamp '2020-01-01' + interval 1 second * (i * {seconds})   as ordered_at,
        10 + (hash(i + 1) % 50000) / 100                               as total,
        ['NO', 'SE', 'DK', 'FI'][(1 + hash(i + 2) % 4)::int]           as country,
        ['web', 'app', 'pos'][(1 + hash(i + 3) % 3)::int]              as channel
    from range({orders}) numbers(i)
) to '{path}' ({layout})
"""
LAYOUTS = {".parquet": "format parquet, compression zstd", ".csv": "format csv, header"}
SPAN_SECONDS = 5 * 365 * 86_400


def write(path: Path, orders: int, customers: int) -> None:
    """Write the export of a made shop, in the layout that the ending of its name says."""
    duckdb.execute(
        MADE.format(
            customers=customers,
            seconds=SPAN_SECONDS / orders,
            orders=orders,
            path=path,
            layout=LAYOUTS[path.suffix],
        )
    )
