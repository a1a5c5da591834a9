"""The words, numbers and formulas that every part of the reference uses."""

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Row = dict[str, Any]
STEPS = (30, 45, 60, 90, 120, 180, 270, 365, 540, 730)
MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Purchase:
    """All eligible orders of one customer on one day."""

    day: dt.date
    orders: int
    value: float | None


@dataclass(frozen=True)
class Point:
    """The Kaplan–Meier curve on a day on which a gap ended or was cut off."""

    days: int
    at_risk: int
    returned: int
    share: Fraction
    log_variance: float


SIZES = {1: "small", 2: "middle", 3: "large"}
TIERS = {1: "top 1 %", 10: "top 10 %", 20: "top 20 %", 50: "upper half", 100: "lower half"}
SEGMENTS: Mapping[str, str] = {
    **dict.fromkeys(("11", "12"), "dormant"),
    **dict.fromkeys(("21", "22"), "hibernating"),
    **dict.fromkeys(("13", "14", "23", "24"), "slipping"),
    **dict.fromkeys(("15", "25"), "can't lose"),
    **dict.fromkeys(("31", "32"), "about to sleep"),
    "33": "need attention",
    **dict.fromkeys(("34", "35", "44", "45"), "loyal"),
    "41": "promising",
    "51": "new",
    **dict.fromkeys(("42", "43", "52", "53"), "potential loyalists"),
    **dict.fromkeys(("54", "55"), "champions"),
}


def total(values: Iterable[float | None]) -> float | None:
    """Their sum; None when none is known."""
    known = [value for value in values if value is not None]
    return math.fsum(known) if known else None


def log_log(point: Point) -> tuple[float | None, float | None]:
    """Greenwood's 95 % interval of the share returned, on the scale of log(−log(waiting))."""
    if not 0 < point.share < 1:
        return None, None
    waiting = float(1 - point.share)
    spread = 1.96 * math.sqrt(point.log_variance) / abs(math.log(waiting))
    return 1 - waiting ** math.exp(-spread), 1 - waiting ** math.exp(spread)


def ratio_with_interval(pairs: Sequence[tuple[float, float]]) -> tuple[Any, Any, Any]:
    """Σy ÷ Σx over pairs (y, x) ± 1.96 standard errors, from what is left of y (Cochran 1977, ch. 6)."""
    base = math.fsum(x for _y, x in pairs)
    if not base:
        return None, None, None
    ratio = math.fsum(y for y, _x in pairs) / base
    if len(pairs) == 1:
        return ratio, None, None
    squares = math.fsum((y - ratio * x) ** 2 for y, x in pairs)
    error = math.sqrt(squares * len(pairs) / (len(pairs) - 1)) / abs(base)
    return ratio, ratio - 1.96 * error, ratio + 1.96 * error


def interval(known: tuple[Any, Any, Any]) -> Row:
    """A figure and its interval, as the strip names them."""
    return dict(zip(("value", "low", "high"), known, strict=True))


def tags_of(cell: str | None) -> list[str]:
    """What stands between the commas and semicolons of a cell."""
    parts = (cell or "").replace(";", ",").split(",")
    return [part.strip() for part in parts if part.strip()]


def cents(value: float | None) -> int | None:
    return None if value is None else round(value * 100)


def share_up_to(value: Any, values: Sequence[Any]) -> Fraction:
    """The share of values that are this one or less."""
    return Fraction(sum(1 for other in values if other <= value), len(values))


def curve_at(curve: Sequence[tuple[int, Fraction]], days: int) -> Fraction:
    reached = [share for day, share in curve if day <= days]
    return reached[-1] if reached else Fraction(0)


def first_day_with(curve: Sequence[tuple[int, Fraction]], share: Fraction) -> int | None:
    return next((day for day, reached in curve if reached >= share), None)


def last_known(orders: Sequence[Row], name: str) -> Any:
    known = [order[name] for order in orders if order[name] is not None]
    return known[-1] if known else None


def wilson(k: int, n: int) -> tuple[float, float]:
    """Wilson (1927), 95 %: centre ± half-width."""
    z, p = 1.96, k / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return max(0.0, centre - half), min(1.0, centre + half)


def calendar_period(day: dt.date, grain: str) -> tuple[dt.date, dt.date]:
    """First and last day of the month, quarter or year that the day lies in."""
    months = MONTHS[grain]
    first = dt.date(day.year, (day.month - 1) // months * months + 1, 1)
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return first, dt.date(year, month + 1, 1) - dt.timedelta(days=1)
