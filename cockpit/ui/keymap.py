"""Every key of the cockpit: the one table behind bindings, footer, help screen and README."""

from collections.abc import Iterable
from gettext import gettext as _

from textual.binding import Binding

from cockpit.ui.key_table import PANEL_DIGITS, SHELL, WHERE, Key, Where, written
from cockpit.ui.widgets import keys as drawn

__all__ = [
    "KEYS",
    "PANEL_DIGITS",
    "SHELL",
    "WHERE",
    "Key",
    "bindings",
    "keys_by_place",
    "readme_table",
    "written",
]


def _of_widgets() -> Iterable[Key]:
    for binding in (*drawn.GRID_KEYS, *drawn.TABLE_KEYS):
        names = tuple(binding.key.split(","))
        says = binding.tooltip or binding.description
        yield Key(binding.id or "", names, binding.action, binding.description, says, "table", binding.show)


KEYS: tuple[Key, ...] = (*SHELL, *_of_widgets())
"""All keys; those of the drawn widgets bind themselves."""


def bindings(*where: Where) -> list[Binding]:
    """The bindings of a screen or of the app."""
    return [key.binding() for key in SHELL if key.where in where]


def keys_by_place() -> dict[str, list[tuple[str, str]]]:
    """For each heading its (keys, what they do)."""
    return {
        heading: [
            (" ".join(written(name) for name in key.keys), key.says) for key in KEYS if key.where == where
        ]
        for where, heading in WHERE.items()
    }


def readme_table() -> str:
    """The keys as the table of the README."""
    lines = [f"| {_('key')} | {_('does')} | {_('where')} |", "| --- | --- | --- |"]
    for heading, rows in keys_by_place().items():
        for keys, says in rows:
            shown = " ".join(f"`{key}`" for key in keys.split(" "))
            lines.append(f"| {shown} | {says} | {heading.lower()} |")
    return "\n".join(lines) + "\n"
