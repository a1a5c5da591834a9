"""What a chart shows, apart from how it is drawn."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

Tone = Literal["", "good", "bad", "warn", "accent", "muted"]
Kind = Literal["line", "step", "stacked", "bars", "horizontal", "histogram"]
Values = tuple[float | None, ...]


LARGEST = 1e150
"""Beyond it differences and ratios are no longer finite."""


def finite(values: Sequence[float | None]) -> Values:
    """`values` with what can't be drawn (None, NaN, beyond `LARGEST`) as None."""
    return tuple(float(value) if value is not None and abs(value) <= LARGEST else None for value in values)


def plain_number(value: float) -> str:
    """`value` with at most two decimals; panels give their own by locale."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace("-", "−")


def nice_ticks(low: float, high: float, count: int) -> tuple[float, ...]:
    """About `count` round numbers (1, 2 or 5 times a power of ten) that enclose `low`…`high`.

    A range without extent is widened; at least two ticks are given.
    """
    if not (math.isfinite(low) and math.isfinite(high)):
        return (0.0, 1.0)
    low, high = min(low, high), max(low, high)
    if high - low <= 1e-12 * max(abs(low), abs(high), 1e-300):
        reach = abs(high) * 0.1 or 1.0
        low, high = low - reach, high + reach
    rough = high / max(1, count - 1) - low / max(1, count - 1)
    if rough > 1e307:
        return (low, high)
    power = 10.0 ** math.floor(math.log10(rough)) if rough > 1e-300 else 1e-300
    step = next((factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999), rough)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    digits = max(0, 2 - math.floor(math.log10(step)))
    return tuple(round(number * step, min(digits, 300)) for number in range(first, max(last, first + 1) + 1))


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on the value axis and what is written there."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Series:
    """Values by period, None for a gap; `low` and `high` bound an interval.

    `texts` are the values as written; `tone` gives a colour with a meaning instead of the next in line.
    """

    name: str
    values: Values
    low: Values = ()
    high: Values = ()
    texts: tuple[str, ...] = ()
    tone: Tone = ""

    def __post_init__(self) -> None:
        """Keep only what can be drawn."""
        for name in ("values", "low", "high"):
            object.__setattr__(self, name, finite(getattr(self, name)))
        for other in (self.low, self.high, self.texts):
            if other and len(other) != len(self.values):
                raise ValueError(f"series {self.name!r}: {len(self.values)} values, {len(other)} beside them")


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """Series over the same periods or categories, named by `labels`.

    `x` gives the periods' places on a numeric axis (days of a survival curve), else they stand evenly.
    `ticks` are used as given, else round numbers are written with `write`. `goal` is a line across,
    `unfinished` the period that is not over, `cursor` the period to begin at, `from_zero` draws lines from 0.
    `empty` is said when there is nothing to draw.
    """

    kind: Kind
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    title: str = ""
    x: tuple[float, ...] = ()
    ticks: tuple[Tick, ...] = ()
    write: Callable[[float], str] = field(default=plain_number, compare=False)
    goal: float | None = None
    goal_label: str = ""
    unfinished: int | None = None
    cursor: int | None = None
    from_zero: bool = False
    empty: str = ""

    def __post_init__(self) -> None:
        """Every series has a value, or a gap, for every label."""
        for series in self.series:
            if len(series.values) != len(self.labels):
                raise ValueError(
                    f"series {series.name!r}: {len(series.values)} values for {len(self.labels)} labels"
                )
        if self.x and (len(self.x) != len(self.labels) or list(self.x) != sorted(self.x)):
            raise ValueError("x: one place for each label, ascending")
        if self.goal is not None and not math.isfinite(self.goal):
            object.__setattr__(self, "goal", None)

    @property
    def is_bars(self) -> bool:
        """Drawn as bars, which begin at zero."""
        return self.kind not in {"line", "step"}

    @property
    def is_empty(self) -> bool:
        """No value at all."""
        return all(value is None for series in self.series for value in series.values)

    def extent(self) -> tuple[float, float]:
        """Lowest and highest value to be drawn: bands, goal, stacks and, for bars, zero included."""
        drawn: list[float] = [] if self.goal is None else [self.goal]
        if self.kind == "stacked":
            for values in zip(*(series.values for series in self.series), strict=True):
                known = [value for value in values if value is not None]
                drawn += [sum(v for v in known if v > 0), sum(v for v in known if v < 0)]
        else:
            for series in self.series:
                drawn += [v for v in (*series.values, *series.low, *series.high) if v is not None]
        if self.is_bars or self.from_zero:
            drawn.append(0.0)
        return (min(drawn), max(drawn)) if drawn else (0.0, 1.0)

    def text_of(self, series: Series, index: int) -> str:
        """The value as written, with its interval; an en dash for a gap."""
        value = series.values[index]
        if value is None:
            return "–"
        text = series.texts[index] if series.texts else self.write(value)
        low = series.low[index] if series.low else None
        high = series.high[index] if series.high else None
        if low is None or high is None:
            return text
        return f"{text} ({self.write(low)} … {self.write(high)})"
