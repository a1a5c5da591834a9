"""Text as terminal cells: made harmless, cut and padded by the width it takes on screen."""

import re
from typing import Literal

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.strip import Strip

Align = Literal["left", "right", "center"]

_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)

_simple = re.compile("[ -~\xa0-\u02ff]*").fullmatch
"""Whether all characters of a text are harmless and one cell wide: what most figures and names consist of."""


def clean(text: str) -> str:
    """`text` with every control, bidi, zero-width and line-separating character replaced by a visible one."""
    if _simple(text) or text.isprintable():
        return text
    return _UNSAFE.sub(_picture, text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else "\ufffd"


def width_of(text: str) -> int:
    """Cells that `text` takes."""
    return len(text) if _simple(text) else cell_len(text)


def part(text: str, start: int, end: int) -> str:
    """What stands in these cells of `text`; half of a wide character is a space."""
    if _simple(text):
        return text[start:end]
    return Strip([Segment(text)]).crop(start, end).text


def cut(text: str, width: int) -> str:
    """`text` in at most `width` cells, ending in `…` where something was left out."""
    if width <= 0:
        return ""
    if width_of(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…"


def fit(text: str, width: int, align: Align = "left") -> str:
    """`text` in exactly `width` cells."""
    taken = width_of(text)
    if taken > width:
        text = cut(text, width)
        taken = width_of(text)
    missing = max(0, width - taken)
    if align == "right":
        return " " * missing + text
    if align == "center":
        return " " * (missing // 2) + text + " " * (missing - missing // 2)
    return text + " " * missing


def wrap(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells, broken between words where there is one."""
    lines: list[str] = []
    for word in text.split():
        if lines and cell_len(lines[-1]) + 1 + cell_len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(cut(word, width))
    return lines
