"""What the drawn widgets do on which key; a key map elsewhere refers to the ids."""

from textual.binding import Binding

from cockpit.language import gettext as _


def _key(key: str, action: str, description: str, tooltip: str, *, id: str, show: bool = False) -> Binding:
    return Binding(key, action, description, id=id, show=show, tooltip=tooltip)


OPEN = _key("enter", "open", _("Open"), _("Open what is under the cursor"), id="open", show=True)

GRID_KEYS: tuple[Binding, ...] = (
    _key("up,k", "move(-1, 0)", _("Up"), _("One row up"), id="move.up"),
    _key("down,j", "move(1, 0)", _("Down"), _("One row down"), id="move.down"),
    _key("left,h", "move(0, -1)", _("Left"), _("One column left"), id="move.left"),
    _key("right,l", "move(0, 1)", _("Right"), _("One column right"), id="move.right"),
    _key("pageup", "page(-1)", _("Page up"), _("A screen up"), id="move.page_up"),
    _key("pagedown", "page(1)", _("Page down"), _("A screen down"), id="move.page_down"),
    _key("ctrl+u", "page(-0.5)", _("Half up"), _("Half a screen up"), id="move.half_up"),
    _key("ctrl+d", "page(0.5)", _("Half down"), _("Half a screen down"), id="move.half_down"),
    _key("g,ctrl+home", "row('first')", _("First row"), _("To the first row"), id="move.first"),
    _key("G,ctrl+end", "row('last')", _("Last row"), _("To the last row"), id="move.last"),
    _key("home", "column('first')", _("First column"), _("To the first column"), id="move.home"),
    _key("end", "column('last')", _("Last column"), _("To the last column"), id="move.end"),
    OPEN,
)
"""A cursor over cells: tables and heat tables."""

TABLE_KEYS: tuple[Binding, ...] = (
    _key("s", "sort_here", _("Sort"), _("Sort by the column under the cursor"), id="table.sort", show=True),
    _key("n", "next(1)", _("Next match"), _("To the next match of the search"), id="table.next"),
    _key("N", "next(-1)", _("Previous match"), _("To the match before"), id="table.previous"),
    _key("space", "mark", _("Mark"), _("Mark or unmark this row"), id="table.mark"),
    _key(
        "asterisk", "invert", _("Invert"), _("Mark what is not marked and unmark the rest"), id="table.invert"
    ),
    _key("u", "unmark", _("Unmark"), _("Take all marks away"), id="table.unmark"),
)
"""What a virtual table adds to the cursor."""

LIST_KEYS: tuple[Binding, ...] = (
    _key("up,k", "move(-1)", _("Up"), _("One line up"), id="line.up"),
    _key("down,j", "move(1)", _("Down"), _("One line down"), id="line.down"),
    _key("g,home", "move(-1000000)", _("First"), _("To the first line"), id="line.first"),
    _key("G,end", "move(1000000)", _("Last"), _("To the last line"), id="line.last"),
    OPEN,
)
"""A cursor over lines: ranked bars and the bridge."""

CHART_KEYS: tuple[Binding, ...] = (
    _key("left,h", "move(-1)", _("Earlier"), _("To the period before"), id="chart.earlier"),
    _key("right,l", "move(1)", _("Later"), _("To the next period"), id="chart.later"),
    _key("home", "move(-1000000)", _("First"), _("To the first period"), id="chart.first"),
    _key("end", "move(1000000)", _("Last"), _("To the last period"), id="chart.last"),
    _key("up,k", "choose(-1)", _("Series above"), _("Choose the series before"), id="chart.up"),
    _key("down,j", "choose(1)", _("Series below"), _("Choose the next series"), id="chart.down"),
    OPEN,
)
"""A cursor over the periods and series of a chart, or over the orders of a timeline."""

CARD_KEYS: tuple[Binding, ...] = (
    _key("left,h", "neighbour(-1)", _("Left"), _("To the card before"), id="card.left"),
    _key("right,l", "neighbour(1)", _("Right"), _("To the next card"), id="card.right"),
    OPEN,
)
"""A card in a strip."""
