"""The rows of a file, as each step of reading them finds and leaves them."""

from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl

from cockpit.formats import harmless
from cockpit.ingest.deciding import Decisions
from cockpit.ingest.dialects import Dialect, Mapping
from cockpit.ingest.further import Further
from cockpit.ingest.intake import Notes, Say
from cockpit.ingest.sources import RawTable
from cockpit.ingest.values.dates import DateForm, Order
from cockpit.language import gettext as _


@dataclass(slots=True)
class Rows:
    """The rows of one part of a file at a time, and what is known of the file so far.

    `frame` holds the typed rows of the part that was read last; `decisions` what holds for all parts.
    """

    file_no: int
    table: RawTable
    dialect: Dialect
    mapping: Mapping
    further: Further
    notes: Notes
    decisions: Decisions
    frame: pl.DataFrame = field(default_factory=pl.DataFrame)
    unknown_words: dict[str, int] = field(default_factory=dict)
    last_id: str | None = None
    summed: bool = False  # an order is worth the sum of its rows

    @property
    def file(self) -> str:
        """The name of the file, harmless."""
        return self.table.file

    @property
    def date_order(self) -> Order | None:
        """The order in which the dates are read; None where they leave no choice."""
        shown = self.decisions.shown.get("dates")
        if shown is None or not shown.ordered:
            return None
        form: DateForm = self.decisions.made["dates"]
        return form.order

    @property
    def date_is_proven(self) -> bool:
        """Whether a row proves that order."""
        shown = self.decisions.shown.get("dates")
        return shown is not None and shown.ordered and shown.evidence is not None

    @property
    def symbol(self) -> str | None:
        """What the money is written in: the ISO 4217 code of the first symbols found."""
        shown = (seen for name, seen in self.decisions.shown.items() if name.startswith(("money ", "part ")))
        return next((seen.currency for seen in shown if seen.currency), None)

    def counted(self, name: str, count: int, sentence: Callable[[int], str], **fields: object) -> Say:
        """Add to a count of the whole file, and return what says it where it is not nothing.

        `sentence` gives for the count the words for it, with {count} and other fields to be filled in.
        """
        self.decisions.count(name, count)

        def say() -> str | None:
            counted = self.decisions.shown[name]
            if not counted:
                return None
            return sentence(counted).format(file=self.file, count=f"{counted:,}", **fields)

        return say


def column_of(rows: Rows, name: str) -> str:
    """Return the file's name for a field: that of its column, or of its columns."""
    return ", ".join(rows.mapping.columns.get(name, (name,)))


def bad_cells(name: str, cells: pl.Series, unreadable: pl.Series) -> pl.Expr:
    """Return the column `bad <field>` of cells: the text that could not be read, else null."""
    if not unreadable.any():
        return pl.lit(None, pl.String).alias(f"bad {name}")
    text = cells.cast(pl.String, strict=False).set(~unreadable, None).str.slice(0, 80)
    return pl.lit(text).alias(f"bad {name}")


def complaint_of(rows: Rows) -> str | None:
    """Return a sentence about status words that no dialect knows."""
    if not rows.unknown_words:
        return None
    listed = ", ".join(
        f"{harmless(word, 30)} ({count:,})"
        for word, count in sorted(rows.unknown_words.items(), key=lambda item: -item[1])[:5]
    )
    return _("{file}: status words not known: {words}; such orders count as ordinary ones.").format(
        file=rows.file, words=listed
    )
