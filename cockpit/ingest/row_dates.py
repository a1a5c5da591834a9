"""Moments of rows: day and month in the order of the whole file, on the clock that the owner wants."""

import re
from dataclasses import dataclass

import polars as pl

from cockpit.formats import harmless
from cockpit.ingest.intake import Task
from cockpit.ingest.rows import Rows, bad_cells, column_of
from cockpit.ingest.values import local_moments, read_moments
from cockpit.ingest.values.dates import Order
from cockpit.language import gettext as _
from cockpit.language import ngettext

ORDER_NAMES: dict[Order, str] = {
    "dmy": _("day, month, year"),
    "mdy": _("month, day, year"),
    "ymd": _("year, month, day"),
}

FIRST = 100  # cells


@dataclass(frozen=True, slots=True)
class FirstCells:
    """The first dates and currencies of a file, as they are written; None: it has no such column."""

    dates: tuple[str, ...]
    currencies: tuple[str, ...] | None

    def __add__(self, other: "FirstCells") -> "FirstCells":
        codes = None if self.currencies is None else (*self.currencies, *(other.currencies or ()))[:FIRST]
        return FirstCells((*self.dates, *other.dates)[:FIRST], codes)


def read_dates(rows: Rows, task: Task) -> None:
    """Read `ordered_at`, with the time of day from a column of its own where there is one."""
    frame = rows.frame
    if "ordered_at" not in frame.columns:
        return
    cells = frame["ordered_at"]
    if "time" in frame.columns:
        day = cells.cast(pl.String) if cells.dtype != pl.String else cells
        cells = frame.select(
            pl.concat_str(day, pl.col("time"), separator=" ", ignore_nulls=True).alias("ordered_at")
        ).to_series()
    asked, made = task.settings.date_order, rows.decisions.made
    usual = _usual_order(rows, cells)
    first = int(frame["record"][0]) - 1 if frame.height else 0
    moments = read_moments(cells, asked, usual, made.get("dates"), first)
    rows.decisions.decide("dates", moments.shown, lambda shown: shown.form(asked, usual))
    _say_dates(rows, asked=asked is not None)
    values = _on_the_shops_clock(rows, moments.values, cells, task)
    rows.frame = (
        frame.drop("time", strict=False)
        .with_columns(values.alias("ordered_at"))
        .with_columns(bad_cells("ordered_at", cells, moments.unreadable))
    )


def _usual_order(rows: Rows, cells: pl.Series) -> Order:
    """Return the order to take for granted: the platform's, else what the currency or the dots suggest."""
    if rows.dialect.date_order:
        return rows.dialect.date_order
    of_dollars = rows.dialect.currency == "USD"

    def usual(first: FirstCells) -> Order:
        dotted = any(re.search(r"\d\.\d{1,2}\.", cell) for cell in first.dates)
        dollars = "USD" in (code.upper() for code in first.currencies or ())
        return "mdy" if not dotted and (of_dollars if first.currencies is None else dollars) else "dmy"

    written = cells.drop_nulls().head(FIRST) if cells.dtype == pl.String else ()
    codes = None
    if "currency" in rows.frame.columns:
        codes = tuple(rows.frame["currency"].drop_nulls().head(FIRST))
    order: Order = rows.decisions.decide("usual order", FirstCells(tuple(written), codes), usual)
    return order


def _say_dates(rows: Rows, *, asked: bool) -> None:
    def proved() -> str | None:
        shown, form = rows.decisions.shown["dates"], rows.decisions.made["dates"]
        if not shown.ordered or shown.evidence is None:
            return None
        row, cell = shown.evidence
        return _("{file}: dates are read as {order}: row {row} says {cell}.").format(
            file=rows.file, order=_(ORDER_NAMES[form.order]), row=f"{row + 1:,}", cell=harmless(cell, 40)
        )

    def granted() -> str | None:
        shown, form = rows.decisions.shown["dates"], rows.decisions.made["dates"]
        if not shown.ordered or shown.evidence is not None:
            return None
        return _("{file}: dates are taken as {order}; no row proves it.").format(
            file=rows.file, order=_(ORDER_NAMES[form.order])
        )

    def doubted() -> str | None:
        sentence = None if asked else granted()
        return sentence and sentence + " " + _("If that is wrong, use --date-order.")

    def doubtful_months() -> str | None:
        shown = rows.decisions.shown["dates"]
        if not shown.doubtful:
            return None
        if shown.croatian:
            return _("{file}: the names of the months are Croatian: listopad is October.").format(
                file=rows.file
            )
        if shown.doubtful < shown.named:
            return None  # other names tell that it is Polish or Czech
        return _(
            "{file}: lis(topad), lip and srp are November, July and August; in Croatian they would be the"
            " months before."
        ).format(file=rows.file)

    def serial() -> str | None:
        form = rows.decisions.made["dates"]
        if form.quick is not None or not form.serial:
            return None
        return _("{file}: dates are a spreadsheet's day numbers.").format(file=rows.file)

    rows.notes.assume_when_known("proved dates", proved)
    rows.notes.assume_when_known("granted dates", granted)
    rows.notes.warn_when_known("doubted dates", doubted)
    rows.notes.assume_when_known("serial dates", serial)
    rows.notes.assume_when_known("doubtful months", doubtful_months)


def _on_the_shops_clock(rows: Rows, clock: pl.Series, cells: pl.Series, task: Task) -> pl.Series:
    """Bring moments whose zone the file tells to the owner's; without one the file's own clock is kept."""
    in_utc = re.search(r"\b(UTC|GMT)\b", column_of(rows, "ordered_at")) is not None
    shown, zone = rows.decisions.shown, task.settings.timezone
    if zone is None:

        def kept() -> str | None:
            seen = shown["dates"].zone or ("UTC" if in_utc else None)
            sentence = _("{file}: times are kept as the file's clock shows them ({zone}).")
            return seen and sentence.format(file=rows.file, zone=harmless(seen))

        rows.notes.assume_when_known("kept clock", kept)
        return clock
    values, told = local_moments(cells, clock, zone, in_utc=in_utc)
    for name, count, sentence in (
        ("told", told, _brought),
        ("untold", clock.count() - told, _taken),
    ):
        say = rows.counted(f"zones {name}", count, sentence, zone=zone)
        rows.notes.assume_when_known(f"zones {name}", say)
    return values


def _brought(count: int) -> str:
    return ngettext(
        "{file}: {count} time that tells its zone is brought to {zone}.",
        "{file}: {count} times that tell their zone are brought to {zone}.",
        count,
    )


def _taken(count: int) -> str:
    return ngettext(
        "{file}: {count} time tells no zone and is taken to be {zone}.",
        "{file}: {count} times tell no zone and are taken to be {zone}.",
        count,
    )
