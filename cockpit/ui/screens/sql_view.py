"""The SQL behind what is shown: statement, parameters, time and rows."""

import datetime as dt
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import BindingType
from textual.content import Content
from textual.highlight import highlight

from cockpit.figures import Listing
from cockpit.formats import harmless
from cockpit.language import gettext as _
from cockpit.language import ngettext
from cockpit.ui import keymap
from cockpit.ui.screens.page import Page
from cockpit.ui.shown import Shown
from cockpit.warehouse.connection import parameters_of

if TYPE_CHECKING:
    from cockpit.ui.app import CockpitApp


class SqlView(Page):
    """One query at a time, the most important first."""

    BINDINGS: ClassVar[list[BindingType]] = [*keymap.bindings("sql")]

    def __init__(self, shown: tuple[Shown, ...]) -> None:
        super().__init__()
        self._shown = shown
        self._at = 0

    def heading(self) -> str:
        """The title of the query, and which of several it is."""
        answer = self._shown[self._at]
        title = answer.about if isinstance(answer, Listing) else answer.query.title
        if len(self._shown) == 1:
            return harmless(title)
        return _("{title} ({n} of {all})").format(title=harmless(title), n=self._at + 1, all=len(self._shown))

    def text(self) -> Content:
        """What the query says, what is bound, and the statement."""
        answer = self._shown[self._at]
        parts = [Content(answer.query.says), Content(""), _measured(answer), Content("")]
        bound = _bound(answer)
        if bound:
            parts += [*bound, Content("")]
        return Content("\n").join([*parts, highlight(statement_of(answer), language="sql")])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the others only where there are others."""
        if action == "turn":
            return len(self._shown) > 1
        if action == "open_in_queries":
            return self._app.can_write_queries
        return super().check_action(action, parameters)

    def action_turn(self, step: int) -> None:
        """Go to another query."""
        self._at = (self._at + step) % len(self._shown)
        self.write()

    @property
    def _app(self) -> "CockpitApp":
        return cast("CockpitApp", self.app)

    def action_open_in_queries(self) -> None:
        """Go to Queries with the statement and the values that it was run with."""
        answer = self._shown[self._at]
        title = answer.about if isinstance(answer, Listing) else answer.query.title
        statement = statement_of(answer)
        self._app.write_query(self._app.shop.draft_of(title, answer.query, statement, answer.parameters))

    def action_copy(self) -> None:
        """Send the statement to the terminal's clipboard."""
        self.app.copy_to_clipboard(statement_of(self._shown[self._at]))
        self.notify(_("Sent to the terminal's clipboard."), timeout=2, markup=False)


def statement_of(answer: Shown) -> str:
    """The statement that was run."""
    return answer.statement if isinstance(answer, Listing) else answer.query.statement


def _measured(answer: Shown) -> Content:
    rows = answer.frame.height
    counted = ngettext("{n} row", "{n} rows", rows).format(n=f"{rows:,}")
    said = _("{rows} in {ms} ms · {grain}").format(
        rows=counted, ms=f"{answer.seconds * 1000:,.0f}", grain=answer.query.grain
    )
    return Content.styled(said, "$foreground 65%")


def _bound(answer: Shown) -> list[Content]:
    names = sorted(parameters_of(statement_of(answer)))
    width = max(map(len, names), default=0)
    return [
        Content.assemble((f"${name:<{width}}", "$text-accent"), " = ", _literal(answer.parameters.get(name)))
        for name in names
    ]


def _literal(value: object) -> str:
    """A bound value as SQL would write it."""
    if value is None:
        return "null"
    if isinstance(value, dt.date):
        return f"date '{value.isoformat()}'"
    if isinstance(value, str):
        return "'" + harmless(value, 200).replace("'", "''") + "'"
    return harmless(str(value), 200)
