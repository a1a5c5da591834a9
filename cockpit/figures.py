"""Answers as frozen values: what `Shop` hands to the screen, to files and to scripts."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from cockpit.settings import Grain

if TYPE_CHECKING:
    import polars as pl

    from cockpit.warehouse.catalog import Column, Query


class Span(NamedTuple):
    """The days (day_before, last_day]: d0 and d1."""

    day_before: date
    last_day: date


@dataclass(frozen=True, slots=True)
class LapseWindow:
    """The lapse window in force, in days (None under 90 days of history), and how it came about.

    `why` is chosen, found, capped, few_gaps or short_history; `suggested_days` is what the shop's own gaps
    ask for and `found_days` the day by which nine of ten of those who return had returned.
    """

    days: int | None
    why: str
    suggested_days: int | None
    found_days: int | None
    cap_days: int
    observed_gaps: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What was loaded, and the definitions in force. Money is in `currency`; days are counted to `as_of`.

    `log_start` is the warning that the log starts in the middle of the shop's life, None where it does not.
    """

    files: tuple[str, ...]
    dialects: tuple[str, ...]
    rows: int
    rows_used: int
    all_orders: int
    orders: int
    customers: int
    value: float | None
    first_day: date
    last_day: date
    as_of: date
    today: date
    currency: str | None
    window: LapseWindow
    excluded: Mapping[str, int]
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]
    log_start: str | None = None

    @property
    def export_age_days(self) -> int:
        """Days from the as-of date to today."""
        return (self.today - self.as_of).days


@dataclass(frozen=True)
class Figures:
    """The answer of a query: a frame, and all that is needed to open one of its figures.

    `generation` is the number of the scope that the answer is about; `seconds` is how long it took.
    """

    query: "Query"
    frame: "pl.DataFrame"
    parameters: Mapping[str, object]
    generation: int
    seconds: float = 0.0

    def opens(self, column: str, row: int = 0) -> "Column | None":
        """The column whose set stands behind this figure; None where nothing does or it is not known."""
        found = self.query.figure(column)
        if found is None or self.frame.item(row, column) is None or self.frame.item(row, found.name) is None:
            return None
        return found

    def under(self, generation: int) -> "Figures":
        """The same about a scope of another number that has the same customers."""
        return replace(self, generation=generation)


@dataclass(frozen=True)
class Listing:
    """Rows to look at, mark and export: customers, purchases, orders or rows of a file.

    `about` says in words what the rows have in common; `definition` is stamped beside an export.
    """

    query: "Query"
    frame: "pl.DataFrame"
    about: str
    statement: str
    parameters: Mapping[str, object]
    generation: int
    seconds: float = 0.0
    definition: Mapping[str, object] = field(default_factory=dict)

    @property
    def of_customers(self) -> bool:
        """Whether each row is a customer."""
        return self.query.grain == "one row per customer"

    @property
    def of_rows(self) -> bool:
        """Whether each row stands somewhere in a file, and is no customer's."""
        return {"file_no", "record"} <= set(self.frame.columns) and "customer_key" not in self.frame.columns


@dataclass(frozen=True)
class Kpi:
    """One figure of the strip. `previous` is the same figure a year earlier, else over the span before.

    `why_null` says why `value` is not known; `figures` opens it. `change_is_clear` says whether the interval
    of value − previous leaves out nought, None where one of them has no interval.
    """

    name: str
    title: str
    says: str
    unit: str
    value: float | None
    low: float | None
    high: float | None
    n: int | None
    previous: float | None
    previous_is: str | None
    goal: float | None
    more_is_better: bool
    why_null: str | None
    figures: Figures
    change_is_clear: bool | None = None

    def under(self, generation: int) -> "Kpi":
        """The same about a scope of another number that has the same customers."""
        return replace(self, figures=self.figures.under(generation))

    @property
    def doubt(self) -> str | None:
        """What to know before relying on the value, in a few words; None where nothing is."""
        column, frame = self.figures.query.columns.get("doubt"), self.figures.frame
        code = frame.item(0, "doubt") if column is not None and "doubt" in frame.columns else None
        return column.sentences.get(code, code) if column is not None and code is not None else None

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None without a goal or a value."""
        if self.goal is None or self.value is None:
            return None
        return self.value >= self.goal if self.more_is_better else self.value <= self.goal

    @property
    def progress(self) -> float | None:
        """How much of the way from what it was before to the goal is done: 1 is there, below 0 farther off.

        None without a goal, a value or a value before, or where it was there before.
        """
        if self.goal is None or self.value is None or self.previous is None:
            return None
        way = self.goal - self.previous
        there_before = way <= 0 if self.more_is_better else way >= 0
        return None if there_before else (self.value - self.previous) / way

    @property
    def money(self) -> float | None:
        """The money that goes with a count of customers, where the query says it."""
        frame = self.figures.frame
        return frame.item(0, "money") if "money" in frame.columns else None


@dataclass(frozen=True)
class CustomerPage:
    """Everything about one customer, as of the as-of date."""

    profile: Mapping[str, object]
    orders: Figures
    purchases: Figures
    products: Figures
    years: Figures
    reasons: tuple[str, ...]


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months earlier, or that month's last day."""
    from calendar import monthrange

    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


_MONTHS: Mapping[Grain, int] = {"month": 1, "quarter": 3, "year": 12}


def trailing_span(last_day: date, grain: Grain) -> Span:
    """The month, quarter or year that ends on `last_day`."""
    return Span(months_before(last_day, _MONTHS[grain]), last_day)


def a_year_earlier(span: Span) -> Span:
    """The same span one year before."""
    return Span(months_before(span.day_before, 12), months_before(span.last_day, 12))


def just_before(span: Span, grain: Grain | Literal["own"]) -> Span:
    """The span that ends where this one starts, of the grain; of the owner's own period as many days."""
    if grain == "own":
        return Span(span.day_before - (span.last_day - span.day_before), span.day_before)
    return trailing_span(span.day_before, grain)
