"""How fast exports load, beside what duckdb alone needs for the columns in use and a roll-up by customer.

    python benchmarks/load.py [ORDERS] [--memory 512MB] [--folder DIR]

Default: 10,000,000 orders; one customer for 6.25 of them, known by e-mail. Each loading runs in a process of
its own, so that its peak memory is its own. cockpit's loading is from the file to its tables, checked and
cleaned, with the same roll-up.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import made  # noqa: E402

ROLL_UP = """
select count(*), sum(orders) from (
    select {customer}, count(*) as orders, sum({value}) as value, min(ordered_at), max(ordered_at)
    from {table} group by {customer}
)
"""


def by_duckdb(path: Path, _memory: str | None) -> object:
    """Create a table of the columns in use and roll it up."""
    source = f"read_csv('{path}')" if path.suffix == ".csv" else f"'{path}'"
    connection = duckdb.connect()
    columns = "order_id, email, ordered_at, total, country, channel"
    connection.execute(f"create table orders as select {columns} from {source}")
    return connection.execute(ROLL_UP.format(customer="email", value="total", table="orders")).fetchone()


def by_cockpit(path: Path, memory: str | None) -> object:
    """Read the export, load its tables within so much memory, and roll them up."""
    from cockpit import ingest
    from cockpit.settings import Settings
    from cockpit.warehouse import tables
    from cockpit.warehouse.connection import Warehouse

    intake = ingest.read([path], Settings(memory=memory))
    warehouse = Warehouse(memory, None)
    with warehouse.writing() as writer:
        tables.load(writer, dict(zip(tables.ARRIVING, intake.parts, strict=True)))
        intake.close()
        statement = ROLL_UP.format(customer="customer_id", value="gross", table="raw_orders")
        return writer.frame(statement).row(0)


LOADINGS: dict[str, Callable[[Path, str | None], object]] = {"duckdb": by_duckdb, "cockpit": by_cockpit}


def measure(loading: str, path: Path, memory: str | None) -> tuple[float, float, str]:
    """Run one loading in a process of its own; seconds, peak MB, and what the roll-up says."""
    program = [sys.executable, __file__, "--loading", loading, str(path)]
    program += ["--memory", memory] if memory else []
    said = subprocess.run(program, check=True, capture_output=True, text=True).stdout
    seconds, peak, answer = said.strip().split("\t")
    return float(seconds), float(peak), answer


def load_here(loading: str, path: Path, memory: str | None) -> None:
    """Load in this process and print the measures; importing libraries does not count."""
    import polars  # noqa: F401 - imported before the clock starts, as duckdb is

    began = time.perf_counter()
    answer = LOADINGS[loading](path, memory)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(seconds, peak, [int(number) for number in answer], sep="\t")  # type: ignore[attr-defined]


def main() -> None:
    """Make the files, load them in turn, and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("orders", nargs="?", type=int, default=10_000_000)
    parser.add_argument(
        "--memory", help="what the tables may take, as for cockpit (default: half of the machine)"
    )
    parser.add_argument("--folder", type=Path, help="where the files are made (default: a temporary folder)")
    parser.add_argument("--loading", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.loading:
        load_here(asked.loading[0], Path(asked.loading[1]), asked.memory)
        return
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        print(f"{asked.orders:,} orders of {int(asked.orders / 6.25):,} customers")
        print(
            f"{'':12}{'MB':>8}{'duckdb':>10}{'cockpit':>10}{'ratio':>8}"
            f"{'duckdb MB':>12}{'cockpit MB':>12}{'ratio':>8}"
        )
        for suffix in made.LAYOUTS:
            path = Path(folder) / f"orders{suffix}"
            made.write(path, asked.orders, int(asked.orders / 6.25))
            plain, whole = (measure(way, path, asked.memory) for way in LOADINGS)
            assert plain[2] == whole[2], (plain, whole)
            print(
                f"{suffix[1:]:12}{path.stat().st_size / 1e6:8,.0f}{plain[0]:9.2f}s{whole[0]:9.2f}s"
                f"{whole[0] / plain[0]:7.1f}×{plain[1]:12,.0f}{whole[1]:12,.0f}"
                f"{whole[1] / plain[1]:7.1f}×"
            )
            path.unlink()


if __name__ == "__main__":
    main()
