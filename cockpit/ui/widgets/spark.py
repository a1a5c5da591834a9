"""A row of small bars inside a line of text."""

import math
from collections.abc import Sequence

BARS = "▁▂▃▄▅▆▇█"


def spark(values: Sequence[float | None], width: int | None = None, *, from_zero: bool = False) -> str:
    """One bar a value, from lowest to highest (or from zero); a gap is a space; the last `width` values."""
    if width is not None:
        values = values[-width:] if width > 0 else ()
    known = [value for value in values if value is not None and math.isfinite(value)]
    if not known:
        return " " * len(values)
    low, high = min(known), max(known)
    if from_zero:
        low = min(0.0, low)
    return "".join(_bar(value, low, high) for value in values)


def _bar(value: float | None, low: float, high: float) -> str:
    if value is None or not math.isfinite(value):
        return " "
    if high <= low:
        return BARS[3]
    return BARS[min(7, int((value - low) / (high - low) * 8))]
