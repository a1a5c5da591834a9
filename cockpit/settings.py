"""The owner's settings: flags over a TOML file over defaults, as one frozen value."""

import datetime as dt
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from cockpit.errors import UsageError
from cockpit.formats import harmless
from cockpit.language import gettext as _

Grain = Literal["month", "quarter", "year"]
ValueBasis = Literal["paid", "goods"]
ZeroOrders = Literal["exclude", "keep"]
DateOrder = Literal["dmy", "mdy", "ymd"]

NO_COLUMNS: Mapping[str, str] = MappingProxyType({})
NO_GOALS: Mapping[str, float] = MappingProxyType({})
NO_RATES: Mapping[str, float] = MappingProxyType({})
FILE_NAME = "cockpit.toml"


@dataclass(frozen=True, slots=True)
class Between:
    """What a whole number may be, both ends included."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Share:
    """What a number may be: a share of one, both ends included."""


@dataclass(frozen=True, slots=True)
class Goals:
    """A table of numbers: a KPI's name and the value to reach, shares as 0.05 or "5 %"."""


@dataclass(frozen=True, slots=True)
class Rates:
    """A table of rates: a currency and what one unit of it is worth in the currency that is analysed."""


@dataclass(frozen=True, slots=True)
class Like:
    """What a text looks like: a pattern, in capitals, and one that fits it."""

    pattern: str
    example: str


@dataclass(frozen=True, slots=True)
class Zone:
    """What a text is: a time zone by its IANA name."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """What a text is: the name of an encoding of text."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that changes what is loaded or counted; `None` means: find it from the shop.

    `window` is in days; `period_from` is d0, the day before the first day counted, and `period_to` is d1.
    `columns` maps canonical field to the export's column name, and `remember` keeps that for such files.
    `timezone` is the shop's, by its IANA name. `rates` says what a unit of another currency is worth.
    """

    as_of: dt.date | None = None
    window: Annotated[int, Between(1, 3650)] | None = None
    period: Grain = "quarter"
    period_from: dt.date | None = None
    period_to: dt.date | None = None
    filters: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=lambda: NO_COLUMNS)
    remember: bool = False
    dialect: str | None = None
    date_order: DateOrder | None = None
    timezone: Annotated[str, Zone()] | None = None
    encoding: Annotated[str, Encoding()] | None = None
    currency: Annotated[str, Like("[A-Z]{3}", "NOK")] | None = None
    rates: Annotated[Mapping[str, float], Rates()] = field(default_factory=lambda: NO_RATES)
    value: ValueBasis = "paid"
    zero_orders: ZeroOrders = "exclude"
    margin: Annotated[float, Share()] = 1.0
    discount: Annotated[float, Share()] = 0.10
    goals: Annotated[Mapping[str, float], Goals()] = field(default_factory=lambda: NO_GOALS)
    queries: Path | None = None
    memory: Annotated[str, Like(r"\d+(\.\d+)?\s*[KMGT]I?B", "4GB")] | None = None
    threads: Annotated[int, Between(1, 1024)] | None = None


SHORT_NAMES: Mapping[str, str] = MappingProxyType(
    {"from": "period_from", "to": "period_to", "filter": "filters", "map": "columns"}
)
"""Names that read better on the command line, each with the field that it fills."""


def load(flags: Mapping[str, object], files: Sequence[Path]) -> Settings:
    """Read the settings for the exports `files`: flags over the settings file over defaults.

    A flag is named like its field or by its short name (`filter`, `map`, `from`, `to`); None stands for a
    flag that wasn't given. The flag `settings` names the file; else it is `cockpit.toml` beside the first
    export, else in the owner's config folder. `columns` given by flag add to those of the file.
    `queries` is the folder of that name in the config folder where there is one and no other is set.
    Raises UsageError that names the setting, where it stands, and the closest one that exists.
    """
    given = {name: value for name, value in flags.items() if value is not None and name != "settings"}
    path = _settings_file(flags.get("settings"), files)
    written = _parsed(_toml(path), _InFile(path)) if path else {}
    flagged = _parsed(given, _OnCommandLine())
    if "columns" in written and "columns" in flagged:
        flagged["columns"] = MappingProxyType({**written["columns"], **flagged["columns"]})
    settings = Settings(**{**written, **flagged})
    if settings.queries is None and queries_folder().is_dir():
        settings = replace(settings, queries=queries_folder())
    _check_period(settings)
    if settings.remember and not settings.columns:
        raise UsageError(_("There is no mapping to remember."), _("Give --remember together with --map."))
    return settings


@dataclass(frozen=True, slots=True)
class _InFile:
    """Where a setting stands: in a TOML file, whose folder relative paths start from."""

    path: Path

    def name(self, key: str) -> str:
        return _("“{key}” in {file}").format(key=harmless(key, 60), file=harmless(str(self.path)))

    def folder(self) -> Path:
        return self.path.parent


@dataclass(frozen=True, slots=True)
class _OnCommandLine:
    """Where a setting stands: on the command line."""

    def name(self, key: str) -> str:
        return "--" + harmless(key, 60).replace("_", "-")

    def folder(self) -> Path:
        return Path()


_Place = _InFile | _OnCommandLine


def config_folder() -> Path:
    """Return the owner's config folder; it need not exist."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "cockpit"


def queries_folder() -> Path:
    """Return the folder for the owner's query files where none is set; it need not exist."""
    return config_folder() / "queries"


def state_folder() -> Path:
    """The folder for what the cockpit keeps between runs, made for its owner alone (XDG base directories)."""
    base = os.environ.get("XDG_STATE_HOME", "")
    root = Path(base) if Path(base).is_absolute() else Path.home() / ".local" / "state"
    folder = root / "cockpit"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _settings_file(named: object, files: Sequence[Path]) -> Path | None:
    if named is not None:
        return Path(str(named)).expanduser()
    candidates = [config_folder() / FILE_NAME]
    if files and str(files[0]) != "-":
        folder = files[0] if files[0].is_dir() else files[0].parent
        candidates.insert(0, folder / FILE_NAME)
    return next((path for path in candidates if path.is_file()), None)


def _toml(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        problem = _("The settings file {file} can't be read: {reason}.")
        raise UsageError(
            problem.format(file=harmless(str(path)), reason=error.strerror or str(error))
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problem = _("The settings file {file} is not TOML: {reason}.")
        raise UsageError(
            problem.format(file=harmless(str(path)), reason=harmless(str(error), 120)),
            _("A line reads, for example: {example}").format(example="window = 180"),
        ) from error


def _parsed(raw: Mapping[str, object], place: _Place) -> dict[str, Any]:
    kinds = get_type_hints(Settings, include_extras=True)
    values: dict[str, Any] = {}
    for key, value in raw.items():
        word = key.replace("-", "_")
        name = SHORT_NAMES.get(word, word)
        if name not in kinds:
            problem = _("There is no setting {setting}.").format(setting=place.name(key))
            raise UsageError(problem, _closest(word, [*kinds, *SHORT_NAMES]))
        if name in values:
            raise UsageError(_("{setting} is set twice.").format(setting=place.name(key)), _("Keep one."))
        values[name] = _Reader(key, place).read(kinds[name], value)
    return values


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns what one setting was given into what its field's type says."""

    key: str
    place: _Place

    def read(self, kind: Any, value: object) -> Any:
        if get_origin(kind) in (UnionType, Union):
            (kind,) = (each for each in get_args(kind) if each is not NoneType)
        if get_origin(kind) is Literal:
            return self.choice(value, get_args(kind))
        if get_origin(kind) is Annotated:
            kind, limit = get_args(kind)
            return _READERS.get(type(limit), _READERS[get_origin(kind) or kind])(self, value, limit)
        return _READERS[get_origin(kind) or kind](self, value)

    def date(self, value: object) -> dt.date:
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return value
        try:
            return dt.date.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            raise self._wrong(value, _("a date such as {eg}").format(eg="2025-12-31")) from None

    def number(self, value: object, limit: Between) -> int:
        digits = value if isinstance(value, str) else str(value) if type(value) is int else ""
        if re.fullmatch(r"\d{1,9}", digits, re.ASCII) and limit.least <= int(digits) <= limit.most:
            return int(digits)
        wanted = _("a whole number from {least} to {most}").format(least=limit.least, most=limit.most)
        raise self._wrong(value, wanted)

    def share(self, value: object, _limit: Share) -> float:
        share = self._real(value)
        if not 0 <= share <= 1:
            raise self._wrong(value, _("a share such as {eg}").format(eg="0.4 or 40 %"))
        return share

    def goals(self, value: object, _limit: Goals) -> Mapping[str, float]:
        if not isinstance(value, Mapping):
            value = dict(self._pair(each) for each in self.texts(value))
        return MappingProxyType({self.text(name): self._real(goal) for name, goal in value.items()})

    def rates(self, value: object, _limit: Rates) -> Mapping[str, float]:
        if not isinstance(value, Mapping):
            raise self._wrong(value, _("a table of rates such as {eg}").format(eg="EUR = 11.6"))
        rates = {self.text(code, Like("[A-Z]{3}", "EUR")): self._real(rate) for code, rate in value.items()}
        if wrong := [rate for rate in rates.values() if rate <= 0]:
            raise self._wrong(wrong[0], _("a rate above 0"))
        return MappingProxyType(rates)

    def _real(self, value: object) -> float:
        text = value.strip() if isinstance(value, str) else str(value)
        number, percent = text.removesuffix("%").rstrip(), text.endswith("%")
        if isinstance(value, bool) or not re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", number, re.ASCII):
            raise self._wrong(value, _("a number such as {eg}").format(eg="0.4 or 40 %"))
        return float(number) / 100 if percent else float(number)

    def text(self, value: object, like: Like | None = None) -> str:
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(value, _("a text"))
        if like is None:
            return value.strip()
        if not re.fullmatch(like.pattern, value.strip().upper(), re.ASCII):
            raise self._wrong(value, _("like {example}").format(example=like.example))
        return value.strip().upper()

    def truth(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise self._wrong(value, _("true or false"))
        return value

    def zone(self, value: object, _limit: Zone) -> str:
        from zoneinfo import available_timezones

        name = self.text(value)
        known = {zone for zone in available_timezones() if "/" in zone or zone == "UTC"}
        if name in known:
            return name
        wrong = self._wrong(value, _("a time zone such as {eg}").format(eg="Europe/Oslo"))
        raise UsageError(wrong.problem, _closest(name, known))

    def encoding(self, value: object, _limit: Encoding) -> str:
        import codecs

        name = self.text(value)
        try:
            "a".encode(name)
            found = codecs.lookup(name).name
        except (LookupError, ValueError):
            wrong = self._wrong(value, _("an encoding such as {eg}").format(eg="cp932 (Shift-JIS)"))
            raise wrong from None
        return "cp932" if found == "shift_jis" else found  # as shops write it, with its own signs

    def path(self, value: object) -> Path:
        if isinstance(value, Path):
            return value
        return self.place.folder() / Path(self.text(value)).expanduser()

    def texts(self, value: object) -> tuple[str, ...]:
        if isinstance(value, str):
            return (self.text(value),)
        if not isinstance(value, Sequence):
            raise self._wrong(value, _("a list of texts"))
        return tuple(self.text(each) for each in value)

    def table(self, value: object) -> Mapping[str, str]:
        if not isinstance(value, Mapping):
            value = dict(self._pair(each) for each in self.texts(value))
        return MappingProxyType({self.text(name): self.text(column) for name, column in value.items()})

    def _pair(self, text: str) -> tuple[str, str]:
        name, equals, column = text.partition("=")
        if not (equals and name.strip() and column.strip()):
            raise self._wrong(text, _("a field and a column such as {eg}").format(eg="order_id=Invoice"))
        return name.strip(), column.strip()

    def choice(self, value: object, choices: tuple[str, ...]) -> str:
        if value in choices:
            return str(value)
        wrong = self._wrong(value, _("one of {choices}").format(choices=", ".join(choices)))
        raise UsageError(wrong.problem, _closest(str(value), choices))

    def _wrong(self, value: object, wanted: str) -> UsageError:
        shown = harmless(value if isinstance(value, str) else repr(value), 40)
        problem = _("{setting} must be {wanted}, not “{value}”.")
        return UsageError(problem.format(setting=self.place.name(self.key), wanted=wanted, value=shown))


_READERS: Mapping[Any, Callable[..., Any]] = MappingProxyType({
    dt.date: _Reader.date,
    int: _Reader.number,
    bool: _Reader.truth,
    str: _Reader.text,
    Path: _Reader.path,
    tuple: _Reader.texts,
    Mapping: _Reader.table,
    Share: _Reader.share,
    Goals: _Reader.goals,
    Rates: _Reader.rates,
    Zone: _Reader.zone,
    Encoding: _Reader.encoding,
    float: _Reader.share,
})  # fmt: skip


def _closest(word: str, known: Iterable[str]) -> str:
    import difflib

    names = {name.lower(): name for name in known}
    found = difflib.get_close_matches(word.lower(), list(names), n=1)
    return _("Did you mean “{word}”?").format(word=names[found[0]]) if found else ""


def _check_period(settings: Settings) -> None:
    start, end = settings.period_from, settings.period_to
    if (start is None) != (end is None):
        given, missing = ("to", "from") if start is None else ("from", "to")
        problem = _("--{given} is given without --{missing}.").format(given=given, missing=missing)
        raise UsageError(problem, _("A period of your own needs both days."))
    if start is not None and end is not None and start >= end:
        raise UsageError(_("The period ends before it begins."), _("--from must be earlier than --to."))
