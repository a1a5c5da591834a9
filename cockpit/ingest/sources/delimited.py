"""Delimited text of any delimiter, quoting, encoding and line end becomes a table of text."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import polars as pl

from cockpit.errors import InputError
from cockpit.ingest.sources import batches
from cockpit.ingest.sources.batches import Batches
from cockpit.ingest.sources.encoding import as_utf8
from cockpit.ingest.sources.records import Record, records_of
from cockpit.ingest.sources.structure import Cut, count_records
from cockpit.ingest.sources.table import Part, Parts, Tick, Workspace, header_index, unique_names
from cockpit.language import gettext as _
from cockpit.language import ngettext

DELIMITERS = (",", ";", "\t", "|", "^", "~", "\x01", ":")
SAMPLE_BYTES = 262_144
SAMPLE_RECORDS = 60


@dataclass(frozen=True, slots=True)
class Layout:
    """How the text is laid out; lines are physical ones, counted from 0."""

    delimiter: str
    quote: str
    names: tuple[str, ...]
    header_line: int
    first_data_line: int
    first_data_byte: int


@dataclass(frozen=True, slots=True)
class DelimitedText:
    """A table of text and what had to be assumed to read it."""

    frame: pl.LazyFrame
    rows: int
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]
    parts: Parts | None = None


def read_delimited(path: Path, name: str, workspace: Workspace, tick: Tick) -> DelimitedText:
    """Read the delimited text at `path`.

    Raises InputError when it has no header or no rows.
    """
    text = as_utf8(path, name, workspace, tick)
    layout = _layout(text.path, text.skip, name)
    assumptions = list(text.assumptions)
    if layout.header_line:
        assumptions.append(
            _("{file}: the header is line {line}; what stands above it is not read.").format(
                file=name, line=layout.header_line + 1
            )
        )
    cuts = [Cut(0, layout.first_data_byte)]
    rows = _regular_records(text.path, layout, tick, cuts)
    warnings: tuple[str, ...] = ()
    parts: Parts | None = None
    if rows is not None:
        frame = _fast(text.path, layout)
        parts = partial(_byte_ranges, text.path, layout, cuts, rows)
    else:
        ragged = _Ragged(name, len(layout.names))
        found = _exact(text.path, layout, ragged, Batches(workspace), tick)
        rows, parts, warnings = found.rows, found.parts, ragged.sentences()
        frame = found.table() if rows else pl.LazyFrame()
    if not rows:
        raise InputError(
            _("{file} has a header but no data rows.").format(file=name),
            _("Export a period in which the shop had orders."),
        )
    return DelimitedText(frame, rows, tuple(assumptions), warnings, parts)


def find_records(
    path: Path, name: str, records: Collection[int], workspace: Workspace
) -> dict[int, tuple[int, str]]:
    """Return for each record (from 1) the line (from 1) on which it begins, and its text as in the file.

    Records that the text does not have are left out. Raises InputError when it has no header.
    """
    text = as_utf8(path, name, workspace, lambda _done: None)
    layout = _layout(text.path, text.skip, name)
    last = max(records, default=0)
    with text.path.open("rb") as file:
        lines = _text_lines(file, layout.first_data_byte, lambda _done: None)
        if _regular_records(text.path, layout, lambda _done: None) is None:
            places = _exact_places(lines, layout)
        else:
            places = _quick_places(lines)
        wanted = {number: place for number, place in enumerate(islice(places, last), 1) if number in records}
    found, at = {}, 1
    with text.path.open("rb") as file:
        lines = _text_lines(file, layout.first_data_byte, lambda _done: None)
        for record, (line, height) in wanted.items():
            own = islice(lines, line - at, line - at + height)
            found[record] = layout.first_data_line + line, "".join(own)
            at = line + height
    return found


def _exact_places(lines: Iterator[str], layout: Layout) -> Iterator[tuple[int, int]]:
    """Yield line and height of each record of irregular text."""
    for found in _records(lines, layout):
        yield found.line, found.lines


def _quick_places(lines: Iterator[str]) -> Iterator[tuple[int, int]]:
    """Yield line and height of each record of regular text, where quotes can only be open or closed."""
    begun, is_open = 1, False
    for number, line in enumerate(lines, 1):
        is_open ^= line.count('"') % 2 == 1
        if not is_open:
            yield begun, number - begun + 1
            begun = number + 1


def _regular_records(path: Path, layout: Layout, tick: Tick, cuts: list[Cut] | None = None) -> int | None:
    """Return how many records the data has if its structure is regular, else None."""
    if layout.quote != '"':
        return None
    return count_records(path, layout.first_data_byte, layout.delimiter, len(layout.names), tick, cuts=cuts)


def _records(lines: Iterator[str], layout: Layout) -> Iterator[Record]:
    """Return the records of irregular text; an empty line is none, unless there is only one column."""
    found = records_of(lines, layout.delimiter, layout.quote)
    return (each for each in found if len(layout.names) == 1 or each.fields != [""])


def _layout(path: Path, skip: int, name: str) -> Layout:
    """Find delimiter, quote and header in the beginning of the text."""
    with path.open("rb") as file:
        file.seek(skip)
        beginning = file.read(SAMPLE_BYTES)
        while b"\n" not in beginning and (more := file.read(SAMPLE_BYTES)):
            beginning += more
        whole = not file.read(1)
    if not whole:
        beginning = beginning[: beginning.rfind(b"\n")]
    lines = [line + "\n" for line in beginning.decode("utf-8", "replace").split("\n")]
    declared = None
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip("\r\n")) == 5:
        declared = lines[0][4]
    delimiter, quote = (declared, '"') if declared else _delimiter(lines)
    before = 1 if declared else 0
    records = list(islice(records_of(iter(lines[before:]), delimiter, quote), SAMPLE_RECORDS))
    at = header_index([record.fields for record in records])
    if at is None:
        raise InputError(
            _("{file} has no header row.").format(file=name),
            _("The first row of an order export names its columns."),
        )
    header = records[at]
    line = before + header.line - 1
    data_line = before + header.line - 1 + header.lines
    first_data = skip + len("".join(lines[:data_line]).encode())
    return Layout(delimiter, quote, tuple(unique_names(header.fields)), line, data_line, first_data)


def _delimiter(lines: list[str]) -> tuple[str, str]:
    """Return the delimiter and quote under which most records of the sample have the same, larger, width."""
    best, choice = 0.0, (",", '"')
    for quote in ('"', "'"):
        for delimiter in DELIMITERS:
            widths = Counter(
                len(record.fields)
                for record in islice(records_of(iter(lines), delimiter, quote), SAMPLE_RECORDS)
                if any(record.fields)
            )
            wide = {width: count for width, count in widths.items() if width > 1}
            if not wide:
                continue
            width, count = max(wide.items(), key=lambda item: (item[1] * min(item[0], 5), item[0]))
            score = count / widths.total() * (1 + min(width, 20) / 50) * (1 if quote == '"' else 0.98)
            if score > best + 1e-9:
                best, choice = score, (delimiter, quote)
    return choice


def _fast(path: Path, layout: Layout) -> pl.LazyFrame:
    """Scan text whose structure has been proved regular."""
    return pl.scan_csv(
        path,
        separator=layout.delimiter,
        has_header=False,
        skip_lines=layout.first_data_line,
        schema={column: pl.String() for column in layout.names},
        glob=False,
    )


def _byte_ranges(path: Path, layout: Layout, cuts: Sequence[Cut], rows: int) -> Iterator[Part]:
    """Read regular text from one cut to the next."""
    ends = [cut.byte for cut in cuts[1:]] + [path.stat().st_size]
    with path.open("rb") as file:
        for cut, end in zip(cuts, ends, strict=True):
            if cut.records == rows:
                return
            file.seek(cut.byte)
            yield Part(
                cut.records,
                pl.scan_csv(
                    file.read(end - cut.byte),
                    separator=layout.delimiter,
                    has_header=False,
                    schema={column: pl.String() for column in layout.names},
                ),
            )


def _exact(path: Path, layout: Layout, ragged: "_Ragged", found: Batches, tick: Tick) -> Batches:
    """Read record by record, mending what can be mended; what was is left in `ragged`."""
    tick(0)
    with path.open("rb") as file:
        above = sum(1 for _line in _until(file, layout.first_data_byte))
        lines = _text_lines(file, layout.first_data_byte, tick)
        records = _records(lines, layout)
        while batch := list(islice(records, batches.ROWS)):
            rows = [ragged.fitted(record, above) for record in batch]
            found.add(
                pl.DataFrame(
                    [
                        pl.Series(column, cells, pl.String)
                        for column, cells in zip(layout.names, zip(*rows, strict=True), strict=True)
                    ]
                )
            )
    return found


@dataclass(slots=True)
class _Ragged:
    """Fits records to the width of the header, counts those that did not fit, and knows their first lines."""

    name: str
    width: int
    short: int = 0
    long: int = 0
    first_short: int = 0
    first_long: int = 0

    def fitted(self, record: Record, lines_above: int) -> list[str]:
        """Return exactly `width` cells; too few are filled up, too many cut off."""
        missing = self.width - len(record.fields)
        if missing > 0:
            self.first_short = self.first_short or lines_above + record.line
            self.short += 1
            return record.fields + [""] * missing
        if missing < 0 and any(cell.strip() for cell in record.fields[self.width :]):
            self.first_long = self.first_long or lines_above + record.line
            self.long += 1
        return record.fields[: self.width]

    def sentences(self) -> tuple[str, ...]:
        """Return what to tell the owner."""
        said = []
        if self.short:
            said.append(
                ngettext(
                    "{file}: {count} row has fewer cells than the header (on line {line}); "
                    "the rest is taken as empty.",
                    "{file}: {count} rows have fewer cells than the header (first on line {line}); "
                    "the rest is taken as empty.",
                    self.short,
                ).format(file=self.name, count=f"{self.short:,}", line=self.first_short)
            )
        if self.long:
            said.append(
                ngettext(
                    "{file}: {count} row has more cells than the header (on line {line}); "
                    "the extra cells are not used.",
                    "{file}: {count} rows have more cells than the header (first on line {line}); "
                    "the extra cells are not used.",
                    self.long,
                ).format(file=self.name, count=f"{self.long:,}", line=self.first_long)
            )
        return tuple(said)


def _until(file: BinaryIO, end: int) -> Iterator[bytes]:
    """Yield the physical lines that stand before byte `end`, and stop there or where the file ends."""
    while file.tell() < end and (line := file.readline()):
        yield line


def _text_lines(file: BinaryIO, start: int, tick: Tick) -> Iterator[str]:
    """Yield the physical lines from byte `start` on, reporting now and then."""
    file.seek(start)
    for number, line in enumerate(iter(file.readline, b"")):
        if number % 10_000 == 0:
            tick(file.tell())
        yield line.decode("utf-8", "replace")
