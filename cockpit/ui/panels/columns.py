"""Columns of a table out of a query file's header: the unit gives the format, the codes their sentences."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from cockpit.formats import UNKNOWN, Formatter
from cockpit.language import gettext as _
from cockpit.ui.shown import Shown
from cockpit.ui.widgets.cells import width_of
from cockpit.ui.widgets.palette import Tone
from cockpit.ui.widgets.virtual_table import Column
from cockpit.values import write, write_unit

if TYPE_CHECKING:
    import polars as pl

    from cockpit.warehouse import catalog

NO_COLUMNS: Mapping[str, Column] = MappingProxyType({})
_WORDS = frozenset({"", "text", "code", "sentence"})
_WIDEST_SENTENCE = 96
_WIDEST_TEXT = 36
_SAMPLED_ROWS = 256
_SAMPLED_DAYS = 24
_EXCUSES = ("why_null", "reason")
"""Where there is a figure, or an order that counts, there is nothing to excuse: blank instead of `–`."""
_LOW, _HIGH = "_low", "_high"
_STATUS_TONES: Mapping[str, Tone] = {"at_risk": "warn", "lapsed": "bad"}


@dataclass(frozen=True)
class Sheet:
    """A frame as a table: its rows are those of the answer, its intervals are one column each.

    `figure_under` names the figure that a column stands beside, where it is not one itself.
    """

    frame: "pl.DataFrame"
    columns: tuple[Column, ...]
    figure_under: Mapping[str, str]


def sheet_of(
    shown: Shown,
    formatter: Formatter,
    *,
    without: Collection[str] = (),
    own: Mapping[str, Column] = NO_COLUMNS,
    last: Sequence[str] = (),
) -> Sheet:
    """The columns of an answer as a table shows them.

    Hidden columns, those named in `without`, and what is empty in every row are left out (what is empty not
    where there is nothing else); `own` takes the place of what the header asks for; columns named in `last`
    stand at the end.
    """
    frame, under = _with_intervals(shown.frame, shown.query.columns, formatter)
    names = sorted(frame.columns, key=lambda name: last.index(name) + 1 if name in last else 0)
    extremes = _extremes(frame)
    offered = [name for name in names if name not in without and not _spec(shown, name).hidden]
    columns = []
    for name in [name for name in offered if not _says_nothing(shown, name)] or offered:
        spec = _spec(shown, name)
        if name in own:
            columns.append(own[name])
        elif name in under:
            columns.append(Column(name, _("interval"), "right", str, tone=_muted))
        else:
            columns.append(_column(frame.get_column(name), extremes.get(name), spec, formatter))
    return Sheet(frame, tuple(columns), under)


def _says_nothing(shown: Shown, name: str) -> bool:
    """Whether no row has a value; a figure that opens, or its interval, is then said not to be known."""
    values = shown.frame.get_column(name)
    is_figure = shown.query.figure(name) is not None or name.endswith(_LOW)
    return 0 < values.len() == values.null_count() and not is_figure


def _spec(shown: Shown, name: str) -> "catalog.Column":
    from cockpit.warehouse import catalog

    return shown.query.columns.get(name) or catalog.Column(name)


def _extremes(frame: "pl.DataFrame") -> Mapping[str, tuple[object, object]]:
    """The least and the greatest number of each column of numbers."""
    import polars.selectors as cs

    numbers = frame.select(cs.numeric())
    if not numbers.height:
        return {}
    ends = zip(numbers.min().row(0), numbers.max().row(0), strict=True)
    return dict(zip(numbers.columns, ends, strict=True))


def _column(
    values: "pl.Series", extremes: tuple[object, object] | None, spec: "catalog.Column", formatter: Formatter
) -> Column:
    wordy = spec.unit in _WORDS and not values.dtype.is_numeric() and not values.dtype.is_temporal()
    return Column(
        spec.name,
        _(spec.heading),
        "left" if wordy or spec.unit == "yes or no" else "right",
        partial(write, formatter, spec),
        _width(values, extremes, spec, formatter),
        _tone(spec),
    )


def _width(
    values: "pl.Series", extremes: tuple[object, object] | None, spec: "catalog.Column", formatter: Formatter
) -> int:
    """Cells that the title with its arrow and the values need; of numbers the extremes are the widest."""
    samples: Sequence[object] = extremes or values.head(_SAMPLED_ROWS).to_list()
    if values.dtype.is_temporal():
        samples = samples[:_SAMPLED_DAYS]
    elif spec.unit == "code":
        samples = tuple(set(samples))
    if spec.unit in {"", "text"} and not (values.dtype.is_numeric() or values.dtype.is_temporal()):
        widths, most = (width_of(str(value)) for value in samples if value is not None), _WIDEST_TEXT
    else:
        widths, most = (width_of(write(formatter, spec, value)) for value in samples), _WIDEST_SENTENCE
    return min(most, max(max(widths, default=0), width_of(_(spec.heading)) + 2))


def _tone(spec: "catalog.Column") -> Callable[[object], Tone] | None:
    if spec.name == "status":
        return _status_tone
    if spec.unit == "money":
        return _money_tone
    if spec.name in {"why_null", "detail"} or spec.unit == "sentence":
        return _muted
    return None


def _status_tone(value: object) -> Tone:
    return _STATUS_TONES.get(str(value), "plain")


def _money_tone(value: object) -> Tone:
    return "plain" if value else "muted"


def _muted(_value: object) -> Tone:
    return "muted"


def _with_intervals(
    frame: "pl.DataFrame", units: "Mapping[str, catalog.Column]", formatter: Formatter
) -> tuple["pl.DataFrame", dict[str, str]]:
    """`x_low` and `x_high` become one column of text under the name of the former."""
    import polars as pl

    under: dict[str, str] = {}
    for before, name in pairwise(frame.columns):
        other = name.removesuffix(_LOW) + _HIGH
        if not name.endswith(_LOW) or other not in frame.columns:
            continue
        under[name] = before
        unit = units[name].unit if name in units else "share"
        texts = [interval(formatter, low, high, unit) for low, high in frame.select(name, other).rows()]
        widest = max(map(len, texts), default=0)
        # Padded on the left, texts sort as their lower ends do.
        padded = pl.Series(
            name, [text.rjust(widest) if text != UNKNOWN else None for text in texts], pl.String
        )
        frame = frame.with_columns(padded).drop(other)
    excuses = [name for name in _EXCUSES if frame.schema.get(name) == pl.String]
    return frame.with_columns(pl.col(excuses).fill_null("")), under


def interval(formatter: Formatter, low: float | None, high: float | None, unit: str = "share") -> str:
    """An interval of shares as `7.1–8.5 %`, of money as `£1.2k … £1.4k`; `–` where it is not known."""
    if low is None or high is None:
        return UNKNOWN
    if unit != "share":
        return " … ".join(write_unit(formatter, unit, end, short=True) for end in (low, high))
    between = "–" if low >= 0 else " … "
    return f"{formatter.number(low * 100, 1)}{between}{formatter.percent(high)}"
