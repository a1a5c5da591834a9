"""How an answer is held against the reference, and a figure against what it opens to."""

import math
from collections.abc import Sequence
from typing import Any

import polars as pl

from cockpit.figures import Figures
from cockpit.shop import Shop
from tests.reference.figures import Row


def close(found: Any, wanted: Any) -> bool:
    """Equal; figures with a fraction to nine digits, or to a millionth of a cent."""
    if isinstance(found, int | float) and isinstance(wanted, int | float):
        return math.isclose(found, wanted, rel_tol=1e-9, abs_tol=1e-8)
    return found == wanted


def assert_rows(frame: pl.DataFrame, wanted: Sequence[Row]) -> None:
    """The frame has these rows in this order, and every column that they name."""
    rows = frame.to_dicts()
    assert len(rows) == len(wanted)
    for number, (found, row) in enumerate(zip(rows, wanted, strict=True)):
        differing = {
            name: (found[name], value) for name, value in row.items() if not close(found[name], value)
        }
        assert not differing, f"row {number}: (found, wanted) {differing}"


def assert_opens(shop: Shop, figures: Figures, at_most: int = 3) -> int:
    """Every figure that opens, opens to its count or its sum; gives how many did.

    Of more rows than `at_most`, so many are tried, spread from the first to the last.
    """
    opened, height = 0, figures.frame.height
    rows = (
        range(height)
        if height <= at_most
        else sorted({n * (height - 1) // (at_most - 1) for n in range(at_most)})
    )
    for column in figures.query.columns:
        for row in rows:
            target = figures.opens(column, row)
            if target is None:
                continue
            frame = shop.open_figure(figures, column, row).frame
            figure = figures.frame.item(row, target.name)
            behind = frame.height if target.adds_up == "count" else frame[target.adds_up[4:]].sum()
            assert close(float(behind), float(figure)), f"{figures.query.name}.{column}, row {row}"
            opened += 1
    return opened
