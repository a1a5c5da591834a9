"""Tables and paragraphs as lines of text, aligned by terminal cells."""

import textwrap
from collections.abc import Collection, Sequence

from cockpit.formats import cell_width, cut

WIDTH = 100
WIDEST_CELL = 60
_GAP = "  "


def table(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    numbers: Collection[int] = (),
    widest: int = WIDEST_CELL,
) -> list[str]:
    """Lay rows out under their headings; those in `numbers` line up at the right.

    No cell takes more than `widest` terminal cells.
    """
    cut_rows = [[cut(cell, widest) for cell in row] for row in (headings, *rows)]
    widths = [max(map(cell_width, column)) for column in zip(*cut_rows, strict=True)]
    return [
        _GAP.join(
            _padded(cell, width, right=place in numbers)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cut_rows
    ]


def _padded(text: str, width: int, *, right: bool) -> str:
    gap = " " * (width - cell_width(text))
    return gap + text if right else text + gap


def heading(text: str) -> list[str]:
    """A heading, underlined, with a blank line before it."""
    return ["", text, "─" * cell_width(text)]


def paragraph(text: str) -> list[str]:
    """A paragraph, broken at spaces."""
    return textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def bullets(sentences: Sequence[str]) -> list[str]:
    """One sentence an item."""
    lines = []
    for sentence in sentences:
        lines += textwrap.wrap(
            sentence,
            WIDTH,
            initial_indent="· ",
            subsequent_indent="  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
    return lines
