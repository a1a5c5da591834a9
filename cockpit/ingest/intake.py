"""What reading gives: canonical orders, their lines, and an account of every row that made none."""

from collections.abc import Callable
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import polars as pl

from cockpit.ingest.frames import Frames
from cockpit.ingest.room import Room
from cockpit.settings import Settings

ORDERS = MappingProxyType(
    {
        "order_key": pl.Int64(),
        "order_id": pl.String(),
        "customer_id": pl.String(),
        "email": pl.String(),
        "phone": pl.String(),
        "name": pl.String(),
        "consent": pl.String(),
        "ordered_at": pl.Datetime("us"),
        "status": pl.String(),
        "gross": pl.Float64(),
        "discount": pl.Float64(),
        "shipping": pl.Float64(),
        "tax": pl.Float64(),
        "refund": pl.Float64(),
        "currency": pl.String(),
        "country": pl.String(),
        "channel": pl.String(),
        "discount_code": pl.String(),
        "tags": pl.String(),
        "file_no": pl.Int32(),
        "record": pl.Int64(),
        "row_count": pl.Int32(),
    }
)
LINES = MappingProxyType(
    {
        "order_key": pl.Int64(),
        "sku": pl.String(),
        "product": pl.String(),
        "category": pl.String(),
        "quantity": pl.Float64(),
        "value": pl.Float64(),
        "file_no": pl.Int32(),
        "record": pl.Int64(),
    }
)
EXCLUDED = MappingProxyType(
    {"file_no": pl.Int32(), "record": pl.Int64(), "reason": pl.String(), "detail": pl.String()}
)
FILES = MappingProxyType(
    {
        "file_no": pl.Int32(),
        "file": pl.String(),
        "dialect": pl.String(),
        "rows": pl.Int64(),
        "modified": pl.Datetime("us"),
    }
)


@dataclass(frozen=True, slots=True)
class Intake:
    """The canonical form of one or more exports.

    The orders, their lines and the rows that make none come in parts, which are put aside on disk where they
    are many. `orders` holds every order found, eligible or not, and after the columns of `ORDERS` the further
    texts that the export says of an order (String, at most 20 of 2 to 200 values, named after their headers);
    `lines` their lines; `excluded` one row for each row of a file that makes no order, with its reason
    (`blank`, `unreadable`, `not_an_order`, `duplicate`, `currency`); `files` one row for each file. Data
    records read = sum of `orders.row_count` + height of `excluded`.
    `assumptions` and `warnings` are sentences for the owner; `currency` is the ISO 4217 code of the orders.
    """

    order_parts: Frames
    line_parts: Frames
    excluded_parts: Frames
    files: pl.DataFrame
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]
    currency: str | None

    @classmethod
    def of(
        cls,
        orders: pl.DataFrame,
        lines: pl.DataFrame,
        excluded: pl.DataFrame,
        files: pl.DataFrame,
        **said: Any,
    ) -> "Intake":
        """Return what was read, of frames in memory; `said` are the other fields, by default nothing."""
        parts = (Frames.of(orders), Frames.of(lines), Frames.of(excluded))
        return cls(*parts, files, **{"assumptions": (), "warnings": (), "currency": None, **said})

    @property
    def orders(self) -> pl.DataFrame:
        """All orders in memory; a big shop's are better taken part by part."""
        return self.order_parts.whole()

    @property
    def lines(self) -> pl.DataFrame:
        """All lines in memory."""
        return self.line_parts.whole()

    @property
    def excluded(self) -> pl.DataFrame:
        """All rows of the files that make no order, in memory."""
        return self.excluded_parts.whole()

    @property
    def parts(self) -> tuple[Frames, Frames, Frames, Frames]:
        """Orders, lines, left-out rows and files, part by part."""
        return self.order_parts, self.line_parts, self.excluded_parts, Frames.of(self.files)

    def close(self) -> None:
        """Give back what was put aside on disk; the frames are gone then."""
        for frames in (self.order_parts, self.line_parts, self.excluded_parts):
            frames.close()


Say = Callable[[], str | None]


@dataclass(slots=True)
class Notes:
    """Sentences gathered while reading, in the order in which they were found, each once.

    A sentence that only the whole of a file can complete (a count, a proof) has its place from the first part
    on, and is asked for when the notes are read; None: there is nothing to say.
    """

    _assumed: dict[object, str | Say] = field(default_factory=dict)
    _warned: dict[object, str | Say] = field(default_factory=dict)

    @property
    def assumptions(self) -> list[str]:
        """What was taken for granted."""
        return _said(self._assumed)

    @property
    def warnings(self) -> list[str]:
        """What the owner should look at."""
        return _said(self._warned)

    def assume(self, sentence: str) -> None:
        """Add what was taken for granted."""
        self._assumed.setdefault(sentence, sentence)

    def add(self, others: "Notes") -> None:
        """Add the sentences of others behind one's own."""
        for sentence in others.assumptions:
            self.assume(sentence)
        for sentence in others.warnings:
            self.warn(sentence)

    def warn(self, sentence: str) -> None:
        """Add what the owner should look at."""
        self._warned.setdefault(sentence, sentence)

    def assume_when_known(self, about: object, say: Say) -> None:
        """Keep a place for what will be taken for granted about something."""
        self._assumed[about] = say

    def warn_when_known(self, about: object, say: Say) -> None:
        """Keep a place for what the owner should look at about something."""
        self._warned[about] = say

    def take(self, other: "Notes") -> None:
        """Add the notes of another reading."""
        for sentence in other.assumptions:
            self.assume(sentence)
        for sentence in other.warnings:
            self.warn(sentence)


def _said(notes: dict[object, str | Say]) -> list[str]:
    sentences = (note if isinstance(note, str) else note() for note in notes.values())
    return list(dict.fromkeys(filter(None, sentences)))


@dataclass(frozen=True, slots=True)
class Task:
    """What each step of a reading may need: the owner's settings, where to put sentences, a sign of life.

    `done` is called with the rows of the file that are done, `beat` in between; both may raise `Cancelled`.
    `room` is what orders and lines may hold of the memory.
    """

    settings: Settings
    notes: Notes
    beat: Callable[[], None]
    done: Callable[[int], None]
    room: Room


def shaped(frame: pl.DataFrame, schema: MappingProxyType[str, pl.DataType]) -> pl.DataFrame:
    """Return the frame with exactly the schema's columns, in its order; absent ones are null."""
    present = frame.schema
    return frame.select(
        (pl.col(name) if name in present else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in schema.items()
    )
