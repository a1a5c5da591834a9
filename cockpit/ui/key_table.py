"""The table of keys: what the main screen, lists and customers do on which key."""

from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding

from cockpit.language import gettext as _

Where = Literal[
    "everywhere", "main", "shop", "level", "table", "lines", "chart", "card", "customer", "queries", "page",
    "sql", "dialog", "filter", "question", "search", "loading", "mapping",
]  # fmt: skip

WHERE: dict[Where, str] = {
    "everywhere": _("Everywhere"),
    "main": _("On the main screen"),
    "shop": _("On panels, lists and customers"),
    "level": _("On lists and customers"),
    "table": _("In a table"),
    "lines": _("In bars and sentences"),
    "chart": _("In a chart"),
    "card": _("On a figure at the top"),
    "customer": _("On a customer"),
    "queries": _("In Queries"),
    "page": _("On a page of text"),
    "sql": _("In the SQL view"),
    "dialog": _("In a dialog"),
    "filter": _("In the filter"),
    "question": _("When asked yes or no"),
    "search": _("In the search line"),
    "loading": _("While loading"),
    "mapping": _("Where an export is not recognised"),
}
"""The groups of the table, as headings."""


_SIGNS = {
    "question_mark": "?", "slash": "/", "colon": ":", "comma": ",", "full_stop": ".", "asterisk": "*",
    "left_square_bracket": "[", "right_square_bracket": "]", "less_than_sign": "<", "greater_than_sign": ">",
    "up": "↑", "down": "↓", "left": "←", "right": "→", "escape": "esc", "pageup": "pgup", "pagedown": "pgdn",
}  # fmt: skip


def written(key: str) -> str:
    """A key as people write it: `ctrl+p`, `?`, `esc`."""
    *held, last = key.split("+")
    return "+".join((*held, _SIGNS.get(last, last)))


@dataclass(frozen=True, slots=True)
class Key:
    """Keys for one action: what the footer calls it, what the help says, and where it holds.

    `keys` are Textual's names; a key that an input field would swallow has a second one beside it where
    the action is wanted there too.
    """

    id: str
    keys: tuple[str, ...]
    action: str
    name: str
    says: str
    where: Where
    in_footer: bool = False
    first: bool = False
    """Taken before the widget with the focus sees it."""

    def binding(self) -> Binding:
        """The key as Textual wants it."""
        return Binding(
            ",".join(self.keys),
            self.action,
            self.name,
            show=self.in_footer,
            key_display=written(self.keys[0]),
            priority=self.first,
            tooltip=self.says,
            id=self.id,
        )


PANEL_DIGITS: tuple[tuple[str, str, str], ...] = (
    ("1", "overview", _("Overview")),
    ("2", "churn", _("Churn")),
    ("3", "cohorts", _("Cohorts")),
    ("4", "value", _("Value")),
    ("5", "segments", _("Segments")),
    ("6", "at_risk", _("At risk")),
    ("7", "drivers", _("Drivers")),
    ("8", "actions", _("Actions")),
    ("9", "data", _("Data")),
    ("0", "queries", _("Queries")),
)
"""Digit, key and title of the panels there are."""


def _panels() -> tuple[Key, ...]:
    return tuple(
        Key(
            f"panel.{key}",
            (digit,),
            f"panel('{key}')",
            title,
            _("Go to the panel {title}").format(title=title),
            "main",
        )
        for digit, key, title in PANEL_DIGITS
    )


def turning(where: Where, name: str, onward: str, back: str) -> tuple[Key, Key]:
    """The keys to the next one and to the one before, with what the help says of each."""
    return (
        Key(
            f"{where}.next",
            ("right_square_bracket", "full_stop"),
            "turn(1)",
            name,
            onward,
            where,
            in_footer=True,
        ),
        Key(
            f"{where}.previous",
            ("left_square_bracket", "comma"),
            "turn(-1)",
            _("Previous"),
            back,
            where,
            in_footer=True,
        ),
    )


OF_THE_SHOP: tuple[Key, ...] = (
    *_panels(),
    Key(
        "period", ("t",), "period", _("Period"), _("Count by month, quarter or year"), "main", in_footer=True
    ),
    Key(
        "earlier",
        ("left_square_bracket", "comma"),
        "move_period(-1)",
        _("Earlier"),
        _("To the period before"),
        "main",
    ),
    Key(
        "later",
        ("right_square_bracket", "full_stop"),
        "move_period(1)",
        _("Later"),
        _("To the next period"),
        "main",
    ),
    Key(
        "view.next",
        ("greater_than_sign",),
        "turn_view(1)",
        _("View"),
        _("To the next view of the panel"),
        "main",
    ),
    Key(
        "view.previous",
        ("less_than_sign",),
        "turn_view(-1)",
        _("View before"),
        _("To the view of the panel before"),
        "main",
    ),
    Key("measure", ("m",), "turn_measure", _("Measure"), _("Customers, money or orders"), "main"),
    Key("by", ("b",), "choose_dimension", _("By"), _("By which attribute to break down"), "main"),
    Key("window", ("w",), "window", _("Window"), _("Choose the lapse window"), "main", in_footer=True),
    Key(
        "definitions",
        ("d",),
        "definitions",
        _("Definitions"),
        _("See what other definitions would change, before adopting them"),
        "main",
    ),
    Key("zoom", ("z",), "zoom", _("Zoom"), _("Give the panel the whole screen, and back"), "main"),
    Key(
        "reload",
        ("ctrl+r",),
        "reload",
        _("Reload"),
        _("Read the files again, keeping place and filters"),
        "main",
    ),
    Key("quit", ("q",), "app.quit", _("Quit"), _("Leave, from the main screen"), "main"),
    Key(
        "cancel",
        ("escape",),
        "back",
        _("Cancel"),
        _("Cancel the query, else go back within the panel, else leave the zoom"),
        "main",
    ),
    Key("search", ("slash",), "search", _("Search"), _("Search in this table"), "table", in_footer=True),
    Key("sort.choose", ("S",), "choose_sort", _("Sort by"), _("Choose what to sort by"), "table"),
    Key(
        "copy.cell",
        ("y",),
        "copy('cell')",
        _("Copy"),
        _("Copy the cell to the terminal's clipboard"),
        "table",
    ),
    Key(
        "copy.row",
        ("Y",),
        "copy('row')",
        _("Copy row"),
        _("Copy the row to the terminal's clipboard"),
        "table",
    ),
    Key(
        "filter",
        ("f",),
        "filter",
        _("Filter"),
        _("Narrow everything to some customers"),
        "shop",
        in_footer=True,
    ),
    Key("filter.clear", ("F",), "clear_filter", _("No filter"), _("Take all filters away"), "shop"),
    Key(
        "export",
        ("e",),
        "export",
        _("Export"),
        _("Write the list, or its marked rows, to a file"),
        "shop",
        in_footer=True,
    ),
    Key(
        "sql",
        ("v",),
        "sql",
        _("SQL"),
        _("The SQL behind what is shown, its time and row count"),
        "shop",
        in_footer=True,
    ),
    Key("back", ("escape",), "back", _("Back"), _("Cancel the query, else go one level back"), "level", True),
    Key(
        "focus.next", ("tab",), "app.focus_next", _("Next"), _("To the next part of the screen"), "everywhere"
    ),
    Key(
        "focus.previous",
        ("shift+tab",),
        "app.focus_previous",
        _("Previous"),
        _("To the part of the screen before"),
        "everywhere",
    ),
    Key(
        "help",
        ("question_mark", "f1"),
        "app.help",
        _("Help"),
        _("Help for where you are"),
        "everywhere",
        in_footer=True,
    ),
    Key(
        "palette",
        ("ctrl+p", "colon"),
        "app.command_palette",
        _("Commands"),
        _("Everything by name: panels, lists, filters, exports, themes, a customer"),
        "everywhere",
        in_footer=True,
    ),
    Key(
        "quit.always", ("ctrl+q",), "app.quit", _("Quit"), _("Leave, from anywhere"), "everywhere", first=True
    ),
    *turning(
        "customer",
        _("Next customer"),
        _("To the next customer of the list"),
        _("To the customer before in the list"),
    ),
    Key(
        "query.run",
        ("f5", "ctrl+enter", "ctrl+j"),
        "run_query",
        _("Run"),
        _("Run the statement; Escape stops it"),
        "queries",
        in_footer=True,
    ),
    Key(
        "query.write", ("i",), "write_query", _("Write"), _("Go to the statement"), "queries", in_footer=True
    ),
    Key(
        "query.save",
        ("ctrl+s",),
        "save_query",
        _("Save"),
        _("Keep the statement as a panel file of your own"),
        "queries",
        in_footer=True,
    ),
)
"""The keys of the main screen, of lists and of customers."""
