"""A row of a file as it stands there: which line, what is written on it, and why it is not used."""

from collections.abc import Mapping
from dataclasses import dataclass

from textual.content import Content

from cockpit.figures import Listing
from cockpit.formats import Formatter, harmless
from cockpit.language import gettext as _
from cockpit.ui.panels.boxes import MUTED
from cockpit.ui.panels.columns import sheet_of
from cockpit.ui.screens.page import Page


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands; `line` and `text` are None where its file has no lines, or is gone."""

    file: str
    line: int | None
    text: str | None


class RawRowPage(Page):
    """One row of a list of rows."""

    def __init__(
        self,
        listing: Listing,
        record: Mapping[str, object],
        place: Place,
        formatter: Formatter,
    ) -> None:
        super().__init__()
        self._listing = listing
        self._record = record
        self._place = place
        self._formatter = formatter

    def heading(self) -> str:
        """File and row."""
        row = self._formatter.number(int(str(self._record["record"])))
        return _("{file}, row {row}").format(file=harmless(self._place.file), row=row)

    def text(self) -> Content:
        """Where it stands and what it says, then what is known of it."""
        if self._place.line is None:
            said = [Content.styled(_("This file has no lines of text to show, or is gone."), MUTED)]
        else:
            where = _("Line {n} of the file:").format(n=self._formatter.number(self._place.line))
            said = [Content.styled(where, "bold"), Content(""), Content(harmless(self._place.text or ""))]
        columns = sheet_of(self._listing, self._formatter).columns
        width = max(len(column.title) for column in columns)
        known = [
            Content.assemble(
                (f"{column.title:<{width}}  ", "$text-accent"),
                harmless(column.write(self._record[column.name])),
            )
            for column in columns
        ]
        return Content("\n").join([*said, Content(""), *known])
