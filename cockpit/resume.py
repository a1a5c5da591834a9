"""Where the owner was, kept between starts on the same files: choices and places, never a customer's data."""

import hashlib
import json
import os
import stat
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, BinaryIO, get_args

from cockpit.errors import CockpitError
from cockpit.settings import Grain, Settings, state_folder

if TYPE_CHECKING:
    from cockpit.conditions import Condition

PERSONAL_FIELDS = frozenset({"customer_id", "email", "phone", "name", "tags"})
"""A condition on one of these would tell who somebody's customers are."""

_VERSION = 1
_LONGEST = 64 * 1024
_HEADER_BYTES = 4096
_LONGEST_WINDOW = 3650
_NOTHING: Mapping[str, Any] = MappingProxyType({})

Sorts = Mapping[str, tuple[str, bool]]
Views = Mapping[str, Mapping[str, int]]
Dimensions = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen in the cockpit and on the command line alike."""

    period: Grain = "quarter"
    window: int | None = None
    filters: tuple[str, ...] = ()

    @classmethod
    def of(cls, settings: Settings) -> "Choices":
        """Those of the settings."""
        return cls(settings.period, settings.window, settings.filters)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the owner was: a panel, a theme, and what panels show.

    `sorts` are those of tables by id; `views` (by switch) and `dimensions` those of panels by key.
    `chosen` was in force at the end, `started` at the start: what did not change there is not kept.
    """

    panel: str = ""
    theme: str = ""
    started: Choices = field(default_factory=Choices)
    chosen: Choices = field(default_factory=Choices)
    sorts: Sorts = field(default_factory=lambda: _NOTHING)
    views: Views = field(default_factory=lambda: _NOTHING)
    dimensions: Dimensions = field(default_factory=lambda: _NOTHING)

    def over(self, settings: Settings, given: Collection[str] = ()) -> Settings:
        """The settings with what was chosen last time, but for flags `given` and settings changed since.

        Filters are left to `filters_over`: only an opened shop can tell whether they still make sense.
        """
        now, taken = Choices.of(settings), {}
        for name in ("period", "window"):
            if name not in given and getattr(now, name) == getattr(self.started, name):
                taken[name] = getattr(self.chosen, name)
        return replace(settings, **taken)

    def filters_over(self, settings: Settings, given: Collection[str] = ()) -> "tuple[Condition, ...] | None":
        """The conditions chosen last time; None where those of the settings are to stay."""
        unchanged = self.chosen.filters == self.started.filters
        if unchanged or "filters" in given or settings.filters != self.started.filters:
            return None
        return _conditions(self.chosen.filters)


def keepable(conditions: "Sequence[Condition]", house_fields: Collection[str]) -> tuple[str, ...]:
    """The conditions that say nothing about a single customer: on the house's fields, names and ids apart."""
    return tuple(
        str(condition)
        for condition in conditions
        if condition.field in house_fields and condition.field not in PERSONAL_FIELDS
    )


def recall(files: Sequence[Path]) -> Place | None:
    """Where the owner was on these files; None where that is not known, broken, or not the owner's."""
    try:
        descriptor = os.open(_path(files), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode) or status.st_uid != os.getuid():
                return None
            kept = json.loads(file.read(_LONGEST).decode())
        return _read(kept)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RuntimeError, CockpitError):
        return None


def keep(files: Sequence[Path], place: Place) -> None:
    """Keep the place, for its owner's eyes only; where that can't be written, nothing is said."""
    document = {
        "version": _VERSION,
        "panel": place.panel,
        "theme": place.theme,
        "started": _choices(place.started),
        "chosen": _choices(place.chosen),
        "sorts": {name: list(sort) for name, sort in place.sorts.items()},
        "views": {name: dict(views) for name, views in place.views.items()},
        "dimensions": dict(place.dimensions),
    }

    def write(file: BinaryIO) -> None:
        file.write(json.dumps(document, indent=1).encode())

    from cockpit.files import write_whole

    with suppress(OSError, RuntimeError, CockpitError):
        path = _path(files)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, write, overwrite=True)


def _choices(choices: Choices) -> Mapping[str, object]:
    return {"period": choices.period, "window": choices.window, "filters": list(choices.filters)}


def _path(files: Sequence[Path]) -> Path:
    """The file for these exports: the same for the same paths with the same header line."""
    parts = [part for file in files for part in (str(file.absolute()), _header(file))]
    name = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]
    return state_folder() / "places" / f"{name}.json"


def _header(path: Path) -> str:
    """The first line of a table in text; nothing of any other file."""
    if not path.is_file():
        return ""
    with suppress(OSError), path.open("rb") as file:
        beginning = file.read(_HEADER_BYTES)
        if b"\0" not in beginning:
            line = beginning.partition(b"\n")[0]
            return "" if line.lstrip()[:1] in (b"{", b"[") else line.decode("utf-8", "replace")
    return ""


def _read(kept: Any) -> Place:
    """What was kept, each part as it must be; raises what a wrong type raises."""
    if kept["version"] != _VERSION:
        raise ValueError("kept by another version")
    return Place(
        panel=_text(kept["panel"]),
        theme=_text(kept["theme"]),
        started=_read_choices(kept["started"]),
        chosen=_read_choices(kept["chosen"]),
        sorts={_text(name): (_text(column), down is True) for name, (column, down) in kept["sorts"].items()},
        views={
            _text(panel): {_text(name): _number(at) for name, at in views.items()}
            for panel, views in kept["views"].items()
        },
        dimensions={_text(panel): _text(name) for panel, name in kept.get("dimensions", {}).items()},
    )


def _read_choices(kept: Any) -> Choices:
    if kept["period"] not in get_args(Grain):
        raise ValueError("no such period")
    window = kept["window"]
    if window is not None and not 1 <= _number(window) <= _LONGEST_WINDOW:
        raise ValueError("no such window")
    filters = tuple(_text(each) for each in kept["filters"])
    _conditions(filters)
    return Choices(kept["period"], window, filters)


def _conditions(texts: Sequence[str]) -> "tuple[Condition, ...]":
    if not texts:  # which needs no parser: something is to be seen first
        return ()
    from cockpit.conditions import parse

    return tuple(parse(text) for text in texts)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _number(value: object) -> int:
    if type(value) is not int:
        raise TypeError("not a whole number")
    return value
