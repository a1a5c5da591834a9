"""What each command without a screen does, once it is known what is asked for."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from cockpit import report
from cockpit.cli import output
from cockpit.cli.arguments import Request, closest
from cockpit.cli.opening import settings_of
from cockpit.errors import InputError, QueryError, UsageError
from cockpit.formats import harmless
from cockpit.language import gettext as _
from cockpit.report.pages import OLD_AFTER_DAYS
from cockpit.report.strip import STRIP
from cockpit.settings import Settings
from cockpit.values import listed, shown

if TYPE_CHECKING:
    import polars as pl

    from cockpit.figures import Listing
    from cockpit.shop import Shop
    from cockpit.warehouse.catalog import Query


def run(request: Request) -> int:
    """Do what is asked for; returns the exit status."""
    files = [Path(file) for file in request.files]
    settings = settings_of(request, files)
    with output.tidy_end(), output.libraries_muted():
        _COMMANDS[request.command](request, files, settings)
        output.flush()
    return 0


@contextmanager
def _opened(files: list[Path], settings: Settings) -> Iterator["Shop"]:
    from cockpit.shop import Shop

    progress = output.ProgressLine()
    try:
        shop = Shop.open(*files, settings=settings, progress=progress)
    finally:
        progress.clear()
    with shop:
        yield shop


# -- report ---------------------------------------------------------------------------------------


def _report(request: Request, files: list[Path], settings: Settings) -> None:
    panel = cast(str | None, request.options["panel"])
    by = cast(str | None, request.options["by"])
    if panel is not None and panel != STRIP:
        _known("panel", panel, settings)
    if by is not None:
        _breaks_down(panel, settings)
    with _opened(files, settings) as shop:
        choices = {} if by is None else {"by": _attribute(shop, by)}
        if request.options["json"]:
            document = (
                report.panel_document(shop, panel, **choices) if panel else report.report_document(shop)
            )
            _write_json(document)
        elif request.options["csv"]:
            _write_csv(_figures_frame(shop, panel or STRIP, choices))
        elif panel == STRIP:
            output.put(report.strip_page(shop))
        elif panel is not None:
            output.put(report.panel_page(shop, panel, **choices))
        else:
            output.put(report.report_page(shop))


def _figures_frame(shop: "Shop", panel: str, choices: Mapping[str, str]) -> "pl.DataFrame":
    if panel == STRIP:
        return report.strip_frame(shop)
    figures = shop.panel(panel, None, **choices)
    return shown(figures.frame, figures.query.columns)


def _breaks_down(panel: str | None, settings: Settings) -> None:
    names = [query.name for query in _queries("panel", settings) if "by" in query.params]
    if panel not in names:
        panels = ", ".join(f"--panel {name}" for name in names)
        raise UsageError(_("--by goes with {panels}.").format(panels=panels))


def _attribute(shop: "Shop", name: str) -> str:
    fields = shop.fields()
    if name not in fields:
        problem = _("There is no attribute {name}.").format(name=harmless(name, 40))
        listed = _("There are: {names}.").format(names=", ".join(fields))
        raise UsageError(problem, closest(name, fields) or listed)
    return name


def _known(kind: str, name: str, settings: Settings) -> None:
    """Refuse a name that no query file bears, before a large export is read for nothing."""
    names = [query.name for query in _queries(kind, settings)]
    names = [STRIP, *names] if kind == "panel" else names
    if name in names:
        return
    problem = _("There is no {kind} named {name}.").format(kind=kind, name=harmless(name, 40))
    listed = _("There are: {names}.").format(names=", ".join(names))
    raise UsageError(problem, f"{closest(name, names)} {listed}".strip())


def _queries(kind: str, settings: Settings) -> tuple["Query", ...]:
    from cockpit.warehouse.catalog import load_catalog

    catalog = load_catalog(settings.queries)
    if kind == "panel":
        return catalog.of("panel")
    return tuple(query for query in catalog.of("list") if query.grain == "one row per customer")


# -- list -----------------------------------------------------------------------------------------


def _list(request: Request, files: list[Path], settings: Settings) -> None:
    if request.subject is None:
        from cockpit.report.layout import table

        queries = _queries("list", settings)
        rows = [(query.name, _(query.says)) for query in queries]
        output.put("\n".join(table((_("list"), _("who is on it")), rows, widest=160)) + "\n")
        return
    _known("list", request.subject, settings)
    with _opened(files, settings) as shop:
        _write_list(shop, shop.listing(request.subject), request.options)


def _write_list(shop: "Shop", listing: "Listing", options: Mapping[str, object]) -> None:
    from cockpit import lists

    age = shop.facts.export_age_days
    if age > OLD_AFTER_DAYS:
        warning = _("The latest order is {n} days old: customers may have ordered since.")
        output.say(warning.format(n=age))
    preset = lists.preset(cast(str | None, options["preset"]) or "spreadsheet")
    consent = cast(lists.Consent, options["consent"] or "given")
    frame = listed(listing.frame, listing.query.columns)
    if options["output"] is None:
        title = str(listing.definition.get("list", ""))
        written = lists.to_stream(frame, output.stream(), preset, title=title, consent=consent)
        if written.written < written.shown or written.warnings:
            output.say(str(written))
        return
    path = Path(cast(str, options["output"]))
    force = bool(options["force"])
    written = lists.export(frame, path, preset, listing.definition, consent=consent, overwrite=force)
    output.say(str(written))


# -- check, sql -----------------------------------------------------------------------------------


def _check(request: Request, files: list[Path], settings: Settings) -> None:
    with _opened(files, settings) as shop:
        if request.options["json"]:
            _write_json(report.check_document(shop))
        else:
            output.put(report.check_page(shop))


def _sql(request: Request, files: list[Path], settings: Settings) -> None:
    statement = _statement(cast(str, request.subject))
    from cockpit.warehouse.connection import parameters_of

    parameters_of(statement)
    with _opened(files, settings) as shop, _shapes_explained():
        answer = shop.sql(statement)
        if request.options["json"]:
            _write_json(report.answer_document(answer))
        else:
            _write_csv(shown(answer.frame, answer.query.columns))


@contextmanager
def _shapes_explained() -> Iterator[None]:
    """A statement can give what no table holds: two columns of one name, a type without a text."""
    from polars.exceptions import DuplicateError, PanicException, PolarsError

    try:
        yield
    except DuplicateError as error:
        problem = _("Two columns of the answer have the same name.")
        raise QueryError(problem, _("Name one of them with “as”.")) from error
    except (PolarsError, PanicException) as error:
        reason = harmless(str(error), 200).rstrip(".")
        problem = _("The answer can't be written: {reason}.").format(reason=reason)
        raise QueryError(problem, _("Turn such a column into text with ::varchar.")) from error


def _statement(text: str) -> str:
    if not text.startswith("@"):
        return text
    path = Path(text[1:])
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        problem = _("The statement in {file} can't be read: {reason}.")
        raise InputError(problem.format(file=harmless(str(path)), reason=error.strerror)) from error
    except UnicodeDecodeError as error:
        raise InputError(_("{file} is not a text file.").format(file=harmless(str(path)))) from error


def _write_json(document: dict[str, object]) -> None:
    output.stream().write(report.dumps(document).encode())


def _write_csv(frame: "pl.DataFrame") -> None:
    from cockpit import lists

    lists.to_stream(frame, output.stream(), lists.preset("spreadsheet"))


_COMMANDS: Mapping[str, Callable[[Request, list[Path], Settings], None]] = {
    "report": _report,
    "list": _list,
    "check": _check,
    "sql": _sql,
}
