"""What may be typed after `cockpit`, and what is meant by it.

Help should come at once, so this imports little: dataclasses alone would double its time.
"""

import argparse
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, NoReturn

from cockpit import __version__
from cockpit.errors import UsageError
from cockpit.language import gettext as _

PRESETS = ("spreadsheet", "plain", "klaviyo", "mailchimp", "meta", "google")
"""As in `cockpit.lists.presets`, which would import polars; a test holds the two together."""


class Request(NamedTuple):
    """What the owner asks for: a command, its subject (a list's name, a statement), files and options.

    `settings` holds the flags that `cockpit.settings.load` reads; None stands for one that wasn't given.
    """

    command: str
    files: tuple[str, ...]
    settings: Mapping[str, object]
    subject: str | None
    options: Mapping[str, object]


class Command(NamedTuple):
    """A command: `takes` is what follows its name, `subject` what the first argument is, if not a file."""

    name: str
    takes: str
    says: str
    example: str
    more: str = ""
    subject: str = ""
    wants_files: bool = True
    options: Callable[[argparse._ArgumentGroup], None] | None = None

    @property
    def usage(self) -> str:
        """The command as it is typed."""
        return " ".join(part for part in ("cockpit", self.name, self.takes) if part)


def _report_options(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--panel", metavar="NAME", help=_("one panel's figures, such as bridge or kpis"))
    says = _("which attribute a panel such as segments is broken down by (default: country)")
    group.add_argument("--by", metavar="FIELD", help=says)
    either = group.add_mutually_exclusive_group()
    either.add_argument("--json", action="store_true", help=_("JSON, as the README documents it"))
    either.add_argument("--csv", action="store_true", help=_("CSV that is safe to open in a spreadsheet"))
    either.add_argument("--text", action="store_true", help=_("text to read (the default)"))


def _sql_options(group: argparse._ArgumentGroup) -> None:
    either = group.add_mutually_exclusive_group()
    either.add_argument("--json", action="store_true", help=_("JSON, as the README documents it"))
    either.add_argument(
        "--csv", action="store_true", help=_("CSV, safe to open in a spreadsheet (the default)")
    )


def _check_options(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--json", action="store_true", help=_("JSON, as the README documents it"))


def _list_options(group: argparse._ArgumentGroup) -> None:
    add = group.add_argument
    add("-o", "--output", metavar="OUT.csv", help=_("the file to write, instead of standard output"))
    add("--force", action="store_true", help=_("replace the file if it exists"))
    add(
        "--preset",
        choices=PRESETS,
        metavar="NAME",
        help=_("layout: {names}").format(names=", ".join(PRESETS)),
    )
    says = _("into an upload go those who gave consent, or all who didn't refuse: given, assumed")
    add("--consent", choices=("given", "assumed"), metavar="WHICH", help=says)


OPEN = Command(
    name="",
    takes="FILE…",
    says=_(
        "Who buys again, who is leaving and what that is worth: from an order export, on your own machine."
    ),
    example="cockpit sample_data/shop.parquet",
)

COMMANDS: Mapping[str, Command] = {
    command.name: command
    for command in (
        Command(
            name="report",
            takes="FILE… [--panel NAME [--by FIELD]] [--json|--csv|--text]",
            says=_("The figures on one page, or one panel's figures."),
            example="cockpit report sample_data/shop.parquet --panel bridge --csv",
            options=_report_options,
        ),
        Command(
            name="list",
            takes="[NAME FILE… [-o OUT.csv]]",
            says=_("A list of customers as CSV; without a name: the lists there are."),
            example="cockpit list at_risk sample_data/shop.parquet --filter country=NO -o at_risk.csv",
            more=_("Beside OUT.csv a file OUT.csv.about.json says what the list means."),
            subject=_("a list's name"),
            options=_list_options,
        ),
        Command(
            name="check",
            takes="FILE… [--json]",
            says=_("What loads, as what, what is left out and why."),
            example="cockpit check sample_data/shop.parquet",
            options=_check_options,
        ),
        Command(
            name="sql",
            takes='"select …"|@QUERY.sql FILE… [--json|--csv]',
            says=_("Any single select over the loaded tables, read-only."),
            example='cockpit sql "select country, count(*) from customers group by 1" '
            "sample_data/shop.parquet",
            more=_("The README describes the tables; the statement may use $as_of, $window and $grain."),
            subject=_("a statement"),
            options=_sql_options,
        ),
        Command(
            name="demo",
            takes="",
            says=_("The cockpit on the sample shop."),
            example="cockpit demo --as-of 2025-06-30",
            wants_files=False,
        ),
    )
}


def parse(argv: Sequence[str]) -> Request:
    """Read the command line; raises UsageError, or SystemExit(0) once help or version are printed."""
    if not argv:
        argv = ["--help"]
    command = COMMANDS.get(argv[0], OPEN)
    rest = list(argv) if command is OPEN else list(argv[1:])
    parser = _parser(command)
    options_end = rest.index("--") if "--" in rest else len(rest)
    found, unknown = parser.parse_known_intermixed_args(rest[:options_end])
    if unknown:
        raise _no_such_option(unknown[0], parser)
    values = vars(found)
    words = [*values.pop("words"), *rest[options_end + 1 :]]
    settings = {name: values.pop(name) for name in _SETTINGS}
    subject = words.pop(0) if command.subject and words else None
    _check_words(command, subject, words)
    return Request(command.name, tuple(words), settings, subject, values)


def _check_words(command: Command, subject: str | None, files: list[str]) -> None:
    help_ = _("`{command} --help` has an example.").format(command=f"cockpit {command.name}".strip())
    if command is OPEN and files:
        _refuse_near_miss(files)
    if files and not command.wants_files:
        raise UsageError(_("{command} takes no file.").format(command=f"cockpit {command.name}"), help_)
    if not command.wants_files or files or (command.name == "list" and subject is None):
        return
    if subject is not None and _is_file(subject):
        problem = _("{word} is a file, and {subject} comes first.")
        raise UsageError(problem.format(word=_shown(subject), subject=command.subject), help_)
    if command.subject and subject is None:
        raise UsageError(_("Here {subject} is needed, and a file.").format(subject=command.subject), help_)
    raise UsageError(_("No file is named."), help_)


def _refuse_near_miss(files: list[str]) -> None:
    """Tell a mistyped command, or one that doesn't stand first, from a file."""
    for place, word in enumerate(files):
        if _is_file(word):
            continue
        if word in COMMANDS and place == 0:
            raise UsageError(_("The command stands first."), _("Write: cockpit {word} …").format(word=word))
        if place == 0 and re.fullmatch(r"[A-Za-z][A-Za-z_-]*", word):
            problem = _("There is neither a command nor a file named {word}.").format(word=word)
            commands = _("The commands are {names}.").format(names=", ".join(COMMANDS))
            raise UsageError(problem, closest(word, COMMANDS) or commands)


def _is_file(word: str) -> bool:
    from pathlib import Path

    try:
        return Path(word).exists()
    except (OSError, ValueError):  # too long for a name, or with a NUL in it
        return False


def _shown(text: str, width: int = 40) -> str:
    from cockpit.formats import harmless

    return harmless(text, width)


def closest(word: str, known: Iterable[str]) -> str:
    """Ask whether the nearest known word is meant; empty where none is near."""
    import difflib

    found = difflib.get_close_matches(word.lower(), list(known), n=1)
    return _("Did you mean {word}?").format(word=found[0]) if found else ""


def _no_such_option(word: str, parser: argparse.ArgumentParser) -> UsageError:
    name = word.partition("=")[0]
    problem = _("There is no option {name}.").format(name=_shown(name))
    known = [option for action in parser._actions for option in action.option_strings]
    return UsageError(
        problem, closest(name, known) or _("`{command} --help` lists them.").format(command=parser.prog)
    )


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Turn what argparse found into one sentence."""
        sentence = re.sub(r"^argument (-\w/)?(\S+): ", r"\2: ", message)
        remedy = _("`{command} --help` says more.").format(command=self.prog)
        raise UsageError(f"{_shown(sentence, 300)}.", remedy)

    def _check_value(self, action: argparse.Action, value: str) -> None:
        if action.choices is not None and value not in action.choices:
            option, choices = action.option_strings[-1], ", ".join(action.choices)
            problem = _("{option} must be one of {choices}, not “{value}”.")
            problem = problem.format(option=option, choices=choices, value=_shown(value))
            raise UsageError(problem, closest(value, action.choices))


def _parser(command: Command) -> argparse.ArgumentParser:
    parser = _Parser(
        prog=f"cockpit {command.name}".strip(),
        usage=command.usage,
        description=f"{command.says}\n\n{_commands()}" if command is OPEN else command.says,
        epilog=_epilog(command),
        formatter_class=_Help,
        add_help=False,
        allow_abbrev=False,
    )
    parser.add_argument("words", nargs="*", help=argparse.SUPPRESS)
    if command.options is not None:
        command.options(parser.add_argument_group(_("output")))
    _add_settings(parser)
    other = parser.add_argument_group(_("other"))
    other.add_argument("-h", "--help", action="help", help=_("show this"))
    if command is OPEN:
        version = f"cockpit {__version__}"
        other.add_argument("--version", action="version", version=version, help=_("show the version"))
    return parser


class _Help(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=100)


def _commands() -> str:
    rows = [(OPEN.usage, _("Open the cockpit."))]
    rows += [(f"cockpit {name} …", command.says) for name, command in COMMANDS.items()]
    width = max(len(typed) for typed, _says in rows)
    return "\n".join(f"  {typed:<{width}}  {says}" for typed, says in rows)


def _epilog(command: Command) -> str:
    files = _(
        "FILE… is one or more exports of one shop, or a folder of them: CSV, Parquet and others, plain or\n"
        "compressed; - is standard input. A file named like a command is written ./report."
    )
    parts = [command.more, files if command.wants_files else "", _("Example:"), f"  {command.example}"]
    return "\n".join(part for part in parts if part)


_SETTINGS = (
    "as_of", "window", "period", "from", "to", "filter", "map", "remember", "dialect", "date_order",
    "timezone", "encoding", "currency", "value", "zero_orders", "margin", "discount", "queries", "memory",
    "threads", "settings",
)  # fmt: skip


def _add_settings(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group(_("what is counted")).add_argument
    add("--as-of", metavar="DATE", help=_("look at the shop as it was then (default: the last order's day)"))
    add("--window", metavar="DAYS", help=_("lapse window (default: found from the shop)"))
    add("--period", metavar="GRAIN", help=_("month, quarter or year (default: quarter)"))
    add("--from", metavar="DATE", help=_("with --to a period of your own: the day before its first"))
    add("--to", metavar="DATE", help=_("its last day"))
    says = _(
        "only customers who meet it, repeatable: country=NO, 'orders>=3', 'first_category in Garden,Kids'"
    )
    add("--filter", metavar="'FIELD OP VALUE'", action="append", help=says)
    says = _("paid: what customers paid and did not get back (default); goods: without shipping and tax")
    add("--value", metavar="WHICH", help=says)
    says = _("exclude (default) or keep orders worth nothing, such as replacements and gifts")
    add("--zero-orders", metavar="WHICH", help=says)
    add(
        "--margin",
        metavar="SHARE",
        help=_("of value, what is left to you: scales predictions (default: 1.0)"),
    )
    add("--discount", metavar="RATE", help=_("yearly discount of future value (default: 0.10)"))
    add = parser.add_argument_group(_("how the file is read, where it isn't recognised")).add_argument
    says = _("which column is which, repeatable: --map 'ordered_at=Order Date'")
    add("--map", metavar="FIELD=COLUMN", action="append", help=says)
    says = _("keep that for files with the same header")
    add("--remember", action="store_true", default=None, help=says)
    add("--dialect", metavar="NAME", help=_("the platform that the export comes from"))
    add("--date-order", metavar="ORDER", help=_("dmy, mdy or ymd"))
    says = _("the shop's, such as Europe/Oslo, for files that tell their zone (default: as the file shows)")
    add("--timezone", metavar="ZONE", help=says)
    says = _("of text files, such as cp932 for Shift-JIS (default: found out)")
    add("--encoding", metavar="NAME", help=says)
    add("--currency", metavar="CODE", help=_("such as NOK or EUR"))
    add = parser.add_argument_group(_("your own defaults, and limits")).add_argument
    says = _("TOML with any of these (default: cockpit.toml beside the export, else in your config folder)")
    add("--settings", metavar="FILE", help=says)
    add("--queries", metavar="DIR", help=_("your own query files (default: queries in your config folder)"))
    add("--memory", metavar="SIZE", help=_("such as 4GB (default: half of the machine)"))
    add("--threads", metavar="N", help=_("(default: all cores)"))
