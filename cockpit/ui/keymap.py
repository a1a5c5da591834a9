"""Every key of the cockpit: the one table behind bindings, footer, help screen and README."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from textual.binding import Binding

from cockpit.language import gettext as _
from cockpit.ui.dialog_keys import OF_DIALOGS
from cockpit.ui.key_table import OF_THE_SHOP, PANEL_DIGITS, WHERE, Key, Where, written
from cockpit.ui.usual_keys import USUAL
from cockpit.ui.widgets import keys as drawn

__all__ = [
    "KEYS",
    "PANEL_DIGITS",
    "SHELL",
    "WHERE",
    "Key",
    "bindings",
    "help_in_dialogs",
    "keys_by_place",
    "readme_table",
    "written",
]

SHELL: tuple[Key, ...] = (*OF_THE_SHOP, *OF_DIALOGS)
"""The keys of the screens and dialogs."""

_DRAWN: dict[Where, tuple[Binding, ...]] = {
    "shop": (drawn.OPEN,),
    "table": (*drawn.GRID_KEYS, *drawn.TABLE_KEYS),
    "lines": drawn.LIST_KEYS,
    "chart": drawn.CHART_KEYS,
    "card": drawn.CARD_KEYS,
}


def _of_widgets() -> Iterable[Key]:
    for where, keys in _DRAWN.items():
        for binding in keys:
            if where != "shop" and binding.id == drawn.OPEN.id:
                continue
            names = tuple(binding.key.split(","))
            says = binding.tooltip or binding.description
            yield Key(binding.id or "", names, binding.action, binding.description, says, where, binding.show)


KEYS: tuple[Key, ...] = (*SHELL, *_of_widgets())
"""All keys; those of the drawn widgets bind themselves."""


def bindings(*where: Where) -> list[Binding]:
    """The bindings of a screen or of the app."""
    return [key.binding() for key in SHELL if key.where in where]


def help_in_dialogs() -> Binding:
    """The key for help where the app's own keys do not reach, by the name that no field takes for text."""
    key = next(key for key in SHELL if key.id == "help")
    return replace(key, keys=key.keys[::-1]).binding()


def keys_by_place(active: Collection[str] = ()) -> dict[str, list[tuple[str, str]]]:
    """For each heading its (keys, what they do); places with an `active` key, by its id, come first."""
    here = {key.where for key in KEYS if key.id in active}
    places = sorted(WHERE.items(), key=lambda place: place[0] not in here)
    table = {
        heading: [(_row(key.keys), key.says) for key in KEYS if key.where == where]
        for where, heading in places
    }
    for usual in USUAL:
        table[usual.heading] = [(_row(keys), says) for keys, says in usual.keys]
    return table


def _row(keys: Iterable[str]) -> str:
    return " ".join(written(name) for name in keys)


def readme_table() -> str:
    """The keys as the table of the README."""
    lines = [f"| {_('key')} | {_('does')} | {_('where')} |", "| --- | --- | --- |"]
    for heading, rows in keys_by_place().items():
        for keys, says in rows:
            shown = " ".join(f"`{key}`" for key in keys.split(" "))
            lines.append(f"| {shown} | {says} | {heading.lower()} |")
    return "\n".join(lines) + "\n"
