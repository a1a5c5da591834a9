"""One file becomes its orders, part by part: as many passes over it as its decisions need to hold."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

import polars as pl

from cockpit.ingest import room
from cockpit.ingest.ahead import one_ahead, one_by_one
from cockpit.ingest.frames import Frames, Scratch
from cockpit.ingest.further import FurtherSeen
from cockpit.ingest.identity import KeysSeen, keys_seen, normalised
from cockpit.ingest.intake import Task
from cockpit.ingest.orders import MADE_ID, gather, with_ids
from cockpit.ingest.rows import Rows
from cockpit.ingest.sources import Part, RawTable
from cockpit.ingest.typed import decoded, read_part
from cockpit.language import gettext as _

MOST_PASSES = 5
"""Beyond them the file is read as one part."""
ROOM_TO_READ_AHEAD = 1 << 28
"""Bytes that must be free for frames while a part is decoded before the one at hand is done."""

Begin = Callable[[dict[str, object]], Rows]
"""Makes the rows of a file anew, under what has been decided about it."""


@dataclass(slots=True)
class FileOrders:
    """The orders of one file; `order_key` counts from 0 within it, `orders` have normalised keys.

    `orders` has the columns of Intake, further ones, and `made`: true where the file gives no order number.
    `members` tells which order each record belongs to (order_key, file_no, record); None where the file was
    read in several parts. `numbers` are hashes of the order numbers, each once unless an order's rows stand
    apart.
    """

    rows: Rows
    orders: Frames
    lines: Frames
    excluded: Frames
    members: pl.DataFrame | None = None
    parts: int = 0
    keys: KeysSeen = field(default_factory=KeysSeen)
    further: FurtherSeen = field(default_factory=FurtherSeen)
    numbers: list[pl.Series] = field(default_factory=list)
    currencies: Counter[str] = field(default_factory=Counter)
    copies: int = 0  # lines that repeat another line of their order in every cell

    def close(self) -> None:
        """Give the frames back."""
        for frames in (self.orders, self.lines, self.excluded):
            frames.close()


def file_orders(table: RawTable, begin: Begin, task: Task) -> FileOrders:
    """Return the orders of a file, read part by part unless only all of its rows together tell them."""
    made: dict[str, object] = {}
    for _attempt in range(MOST_PASSES):
        found = _one_pass(table.parts(), begin(made), task)
        made = found.rows.decisions.over_all()
        held = found.rows.decisions.made == made
        if held and (found.parts == 1 or stand_alone(found.numbers)):
            return found
        found.close()
        if held:
            break
    return whole_file(table, begin, task)


def stand_alone(numbers: list[pl.Series]) -> bool:
    """Tell whether no order number occurs twice."""
    every = pl.concat(numbers) if numbers else pl.Series(dtype=pl.UInt64)
    return every.n_unique() == len(every)


def whole_file(table: RawTable, begin: Begin, task: Task) -> FileOrders:
    """Return the orders of a file read as one part.

    Raises InputError where that takes more memory than the machine has; beyond what was granted it is said.
    """
    warnings = room.beyond_grant(
        _(
            "{file} has to be read at once, because orders stand apart, in several files or currencies: that"
            " takes about {size:,.1f} GB of memory"
        ),
        table.file,
        table.rows * room.BYTES_A_ROW,
        task.settings.memory,
        _("Sort the rows by order number, or open a shorter period."),
    )
    for warning in warnings:
        task.notes.warn(warning)
    return _one_pass(table.whole(), begin({}), task)


def _one_pass(parts: Iterable[Part], rows: Rows, task: Task) -> FileOrders:
    scratch = Scratch(task.room)
    found = FileOrders(rows, Frames(scratch), Frames(scratch), Frames(scratch))
    read = 0
    task.done(0)
    for frame in _whole_orders(_frames(parts, rows, task)):
        _take(found, frame)
        read += frame.height
        task.done(read)
    return found


def _frames(parts: Iterable[Part], rows: Rows, task: Task) -> Iterator[pl.DataFrame]:
    in_turn = one_ahead if task.room.left >= ROOM_TO_READ_AHEAD else one_by_one
    for part, fields in in_turn(parts, partial(decoded, rows)):
        rows.frame = fields
        del fields
        read_part(rows, part, task)
        frame = with_ids(rows)
        rows.frame = frame.clear()
        yield frame


def _whole_orders(frames: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Yield the rows again, cut between orders instead of between parts."""
    waiting = next(frames)
    for frame in frames:
        rows = pl.concat([waiting, frame])
        last = rows["order_id"].drop_nulls().tail(1)
        others = (rows["order_id"] != last).arg_true() if len(last) else rows["record"].clear()
        cut = int(others[-1]) + 1 if len(others) else 0
        waiting = rows[cut:]
        if cut:
            yield rows[:cut]
    yield waiting


def _take(found: FileOrders, rows: pl.DataFrame) -> None:
    """Add the orders of these rows, all rows of each order, to those of the file."""
    gathered = gather(found.rows, rows)
    shift = pl.col("order_key") + found.orders.height
    orders = normalised(gathered.orders).with_columns(shift)
    lines = gathered.lines.with_columns(shift)
    found.members = gathered.members if found.parts == 0 else None
    found.parts += 1
    found.keys.add(keys_seen(orders))
    found.further.add(orders, gathered.differing)
    found.numbers.append(_numbers(rows))
    found.currencies.update(dict(orders["currency"].drop_nulls().value_counts().iter_rows()))
    found.copies += copies_among(lines)
    found.orders.add(orders)
    found.lines.add(lines)
    found.excluded.add(gathered.excluded)


def _numbers(rows: pl.DataFrame) -> pl.Series:
    """Return a hash for each run of one order number."""
    numbers = rows["order_id"].drop_nulls()
    numbers = numbers.filter(~numbers.str.starts_with(MADE_ID))
    return numbers.filter((numbers != numbers.shift()).fill_null(value=True)).hash()


def copies_among(lines: pl.DataFrame) -> int:
    """Count the lines that repeat another line of their order in every cell."""
    keys = lines["order_key"]
    if lines.is_empty() or (keys.is_sorted() and int(keys.rle_id()[-1]) + 1 == len(keys)):
        return 0
    told = lines.select(pl.struct("order_key", "sku", "product", "quantity", "value").hash())
    return lines.height - told.to_series().n_unique()
