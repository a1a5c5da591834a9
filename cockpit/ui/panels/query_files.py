"""The list of query files: the owner's own first, then the house's by what they give."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.widgets.option_list import Option

from cockpit.formats import harmless
from cockpit.language import gettext as _
from cockpit.ui.panels.boxes import Sentences
from cockpit.warehouse.catalog import BrokenQuery, Kind, Query

KINDS: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    (_("Panels"), ("panel",)),
    (_("Lists"), ("list",)),
    (_("Figures of the strip"), ("kpi",)),
    (_("Tables and views"), ("table", "view", "fitted")),
    (_("Macros"), ("macro",)),
    (_("On a customer"), ("customer",)),
)
"""The house's files as headings and the kinds that stand under each."""

CALLED_BY_NAME: frozenset[Kind] = frozenset({"table", "view", "fitted"})
"""Kinds whose statement builds something: they are looked at by asking for its rows."""

File = Query | BrokenQuery


@dataclass(frozen=True, slots=True)
class Group:
    """A heading and the files under it."""

    heading: str
    files: tuple[File, ...]


def groups(queries: Sequence[Query], broken: Sequence[BrokenQuery]) -> tuple[Group, ...]:
    """The files by heading; the owner's own, broken ones too, come first."""
    own = tuple(query for query in queries if query.by_owner)
    house = [query for query in queries if not query.by_owner]
    found = [Group(_("Your own"), (*own, *broken))]
    for heading, kinds in KINDS:
        files = sorted((query for query in house if query.kind in kinds), key=lambda query: query.title)
        found.append(Group(heading, tuple(files)))
    return tuple(group for group in found if group.files)


class QueryFiles(Sentences):
    """Query files to choose from, each in one line."""

    DEFAULT_CSS = "QueryFiles { text-wrap: nowrap; text-overflow: ellipsis; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.border_title = Content(_("Query files"))
        self._files: dict[str, File] = {}

    def show_files(self, listed: Sequence[Group]) -> None:
        """Show these, the cursor where it was."""
        before = self.highlighted
        options = list(self._options_for(listed))
        self.clear_options()
        self.add_options(options)
        first = next((number for number, option in enumerate(options) if not option.disabled), None)
        self.highlighted = before if before is not None and before < len(options) else first

    def _options_for(self, listed: Sequence[Group]) -> Iterator[Option]:
        self._files = {}
        for group in listed:
            yield Option(Content.styled(group.heading, "bold $primary"), disabled=True)
            for file in group.files:
                number = str(len(self._files))
                self._files[number] = file
                yield Option(_line(file), id=number)

    def resized(self) -> None:
        """Keep the file under the cursor in view."""
        self.call_after_refresh(self.scroll_to_highlight)

    def file(self, number: str | None) -> File | None:
        """The file of an option."""
        return self._files.get(number or "")

    def action_move(self, lines: int) -> None:
        """Move the cursor over the files, past their headings."""
        last = self.option_count - 1
        if last < 0:
            return
        at = max(0, min((self.highlighted or 0) + lines, last))
        step = 1 if lines > 0 else -1
        places = [*range(at, last + 1), *range(at, -1, -1)]
        if step < 0:
            places = [*range(at, -1, -1), *range(at, last + 1)]
        self.highlighted = next(
            (place for place in places if not self.get_option_at_index(place).disabled), self.highlighted
        )


def _line(file: File) -> Content:
    if isinstance(file, BrokenQuery):
        return Content.assemble(("✗ ", "bold $text-error"), harmless(file.path.name))
    return Content(f"  {harmless(_(file.title))}")


def about(file: File) -> Content:
    """What a file says, or why it can't be used, and where it stands."""
    if isinstance(file, BrokenQuery):
        return Content.assemble((harmless(file.problem, 300), "$text-error"))
    name = f"{file.path.parent.name}/{file.path.name}"
    return Content.assemble(harmless(_(file.says), 300), "  ", (harmless(name), "$foreground 65%"))
