"""The first picture: the loading screen, drawn with plain escape codes while Textual is still being imported.

Textual draws the same by `screens/loading.py` and the stylesheet; a test compares the two cell by cell. Where
it isn't sure what Textual will draw, there is no first picture.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from cockpit.formats import cell_width, harmless
from cockpit.language import gettext as _
from cockpit.ui.colours import DARK, LIGHT, Colours
from cockpit.ui.inks import colour_code
from cockpit.ui.widgets.contrast import RGB, blend, muted, rgb

PROGRAM = "cockpit"
OPENING = _("Opening")
TITLES = {
    "reading": _("Reading"),
    "cleaning": _("Cleaning"),
    "tables": _("Tables"),
    "forecast": _("Forecast"),
}
"""The stages of loading."""
ALWAYS = ("reading", "cleaning", "tables")
"""The stages of every load; another one shows once it begins."""

LEAST_WIDTH, LEAST_HEIGHT = 60, 18
"""The smallest terminal that the cockpit is made for."""

_BOX_WIDTH = 84
_BESIDE = 4  # columns of border and padding on each side
_AROUND = 5  # lines of border and padding, and the one below the title
_LINE_OF_FRAME = 0.25  # how much of the foreground is in it
_FOOTER = 1
_WAITING = "·"


class Piece(NamedTuple):
    """Text in one style from a cell on, over what is there."""

    x: int
    y: int
    text: str
    back: RGB
    front: RGB
    bold: bool = False


def names(files: Sequence[Path]) -> str:
    """The files as the loading screen calls them."""
    return ", ".join(harmless(file.name or str(file)) for file in files)


def first_picture(
    files: Sequence[Path], theme: str, size: tuple[int, int], environment: Mapping[str, str]
) -> str:
    """The codes that draw it; empty where there is none for this theme, size (columns, lines) or terminal.

    `theme` is the name that was kept; without one it is the dark theme.
    """
    colours = {DARK.name: DARK, LIGHT.name: LIGHT}.get(theme or DARK.name)
    code = colour_code(environment)
    if colours is None or code is None or size[0] < LEAST_WIDTH or size[1] < LEAST_HEIGHT:
        return ""
    return "".join(_written(piece, code) for piece in pieces(names(files), colours, *size))


def pieces(files: str, theme: Colours, width: int, height: int) -> Iterator[Piece]:
    """The parts of the picture, from the ground up; none where it doesn't fit."""
    ground, surface, front = rgb(theme.background), rgb(theme.surface), rgb(theme.foreground)
    box_width = min(_BOX_WIDTH, width)
    title = wrapped(f"{PROGRAM}  {files}", box_width - 2 * _BESIDE)
    box_height = len(title) + len(ALWAYS) + _AROUND
    if box_height > height - _FOOTER:
        return
    for y in range(height):
        yield Piece(0, y, " " * width, surface if y == height - _FOOTER else ground, front)

    left, top = (width - box_width) // 2, (height - _FOOTER - box_height) // 2
    frame = blend(ground, front, _LINE_OF_FRAME)
    inner = box_width - 2
    yield Piece(left, top, "╭" + f"─ {OPENING} ".ljust(inner, "─") + "╮", surface, frame)
    for y in range(top + 1, top + box_height - 1):
        yield Piece(left, y, f"│{' ' * inner}│", surface, frame)
    yield Piece(left, top + box_height - 1, f"╰{'─' * inner}╯", surface, frame)

    x, y = left + _BESIDE, top + 2
    for line in title:
        yield Piece(x, y, line, surface, front)
        y += 1
    yield Piece(x, top + 2, PROGRAM, surface, front, bold=True)
    behind = muted(front, surface)
    for stage in ALWAYS:
        y += 1
        yield Piece(x, y, _WAITING, surface, behind, bold=True)
        yield Piece(x + 2, y, TITLES[stage], surface, behind)


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text, broken as Textual breaks them: between words, inside only of a longer one."""
    lines, line = [], ""
    for word in re.findall(r"\s*\S+\s*", text):
        if cell_width(line) + cell_width(word.rstrip()) <= width:
            line += word
            continue
        if line:
            lines.append(line.rstrip())
        line = word
        while cell_width(line.rstrip()) > width:
            end = next(n for n in range(len(line), 0, -1) if cell_width(line[:n]) <= width)
            lines.append(line[:end])
            line = line[end:]
    return [*lines, line.rstrip()]


def _written(piece: Piece, code: Callable[[RGB], str]) -> str:
    style = f"{'1;' if piece.bold else ''}38;{code(piece.front)};48;{code(piece.back)}"
    return f"\x1b[{piece.y + 1};{piece.x + 1}H\x1b[{style}m{piece.text}\x1b[0m"
