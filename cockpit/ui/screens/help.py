"""Help for where the owner is: what is shown, how its figures are defined, which keys do what."""

from typing import Any, ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen

from cockpit.figures import Listing
from cockpit.formats import harmless
from cockpit.language import gettext as _
from cockpit.ui import keymap
from cockpit.ui.screens.base import ShopScreen
from cockpit.ui.screens.page import Page
from cockpit.ui.shown import Shown


class HelpScreen(Page, inherit_bindings=False):
    """What the screen below says about itself; there is no help about the help."""

    BINDINGS: ClassVar[list[BindingType]] = [*keymap.bindings("dialog", "page")]

    def __init__(self, about: "Screen[Any]") -> None:
        super().__init__()
        self._about = about

    def heading(self) -> str:
        """What this is."""
        return _("Help")

    def text(self) -> Content:
        """Text of the screen, definitions of its figures, keys."""
        parts: list[Content] = []
        if isinstance(self._about, ShopScreen):
            said = self._about.help_text()
            if said:
                parts += [Content(said), Content("")]
            for answer in self._about.shown():
                parts += [*definitions(answer), Content("")]
        active = {each.binding.id for each in self._about.active_bindings.values() if each.binding.id}
        for heading, rows in keymap.keys_by_place(active).items():
            parts.append(Content.styled(heading, "bold $text-accent"))
            width = max(len(keys) for keys, _says in rows)
            parts += [
                Content.assemble("  ", (f"{keys:<{width}}", "bold $text-primary"), "  ", says)
                for keys, says in rows
            ]
            parts.append(Content(""))
        return Content("\n").join(parts)


def definitions(answer: Shown) -> list[Content]:
    """What a query says about itself and its columns."""
    query = answer.query
    title = answer.about if isinstance(answer, Listing) else query.title
    said = [Content.assemble((harmless(title), "bold $text-accent"), "  ", query.says)]
    columns = [column for column in query.columns.values() if column.says and not column.hidden]
    width = max((len(column.heading) for column in columns), default=0)
    said += [
        Content.assemble("  ", (f"{column.heading:<{width}}", "bold"), "  ", column.says)
        for column in columns
    ]
    return said
