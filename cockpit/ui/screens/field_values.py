"""The values of an attribute on offer in the filter: the commonest with their customers, or the two ends."""

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from cockpit.conditions import Condition
from cockpit.errors import CockpitError
from cockpit.formats import cell_width, harmless
from cockpit.language import gettext as _
from cockpit.language import ngettext
from cockpit.ui.asking import Asking
from cockpit.workbench import FieldValues

_LISTED = ("VARCHAR", "BOOLEAN")
_WIDEST = 44


class ValuesOnOffer(Asking, Vertical):
    """Asks what customers in scope have in an attribute, and offers it."""

    DEFAULT_CSS = """
    ValuesOnOffer { height: auto; display: none; & Static { height: auto; color: $text-muted; } }
    """

    @dataclass
    class Chosen(Message):
        """A value was chosen."""

        value: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._field = ""
        self._kind = ""
        self._values: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """The ends, or the values."""
        yield Static(markup=False)
        yield OptionList(compact=True)

    def offer(self, field: str, kind: str, typed: str) -> None:
        """Ask for the values of an attribute of this duckdb type that contain what is typed."""
        if field != self._field:
            self.display = False
        self._field, self._kind = field, kind
        wanted = typed if kind in _LISTED else ""
        self.ask_shop(
            lambda shop, ticket: shop.field_values(field, wanted, ticket), self._show, failed=self._none
        )

    def _none(self, _problem: CockpitError) -> None:
        self.display = False

    def _show(self, found: FieldValues) -> None:
        listed = self._kind in _LISTED
        options = self.query_one(OptionList)
        options.display = listed and bool(found.common)
        self._values = tuple(value for value, _count in found.common)
        options.clear_options()
        if listed:
            names = [harmless(value, _WIDEST) for value in self._values]
            width = max(map(cell_width, names), default=0)
            for name, (_value, count) in zip(names, found.common, strict=True):
                gap = " " * (width - cell_width(name) + 2)
                options.add_option(
                    Option(Content.assemble(name, gap, (self._people(count), "$foreground 75%")))
                )
        options.highlighted = 0 if options.option_count else None
        self.query_one(Static).update(Content(self._said(found, listed)))
        self.display = True

    def _said(self, found: FieldValues, listed: bool) -> str:
        if not found.customers:
            return _("Known of nobody here.")
        known = _("known of {people}").format(people=self._people(found.customers))
        if listed or found.least is None or found.most is None:
            return known
        least, most = (_written(end) for end in (found.least, found.most))
        return _("from {least} to {most}, {known}").format(least=least, most=most, known=known)

    def _people(self, count: int) -> str:
        words = ngettext("{n} customer", "{n} customers", count)
        return words.format(n=self.formatter.number(count))

    @property
    def pointed_at(self) -> str | None:
        """The value under the cursor, while the list has the focus."""
        options = self.query_one(OptionList)
        return (
            self._values[options.highlighted]
            if options.has_focus and options.highlighted is not None
            else None
        )

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Tell which value was chosen."""
        message.stop()
        self.post_message(self.Chosen(self._values[message.option_index]))


def _written(end: str) -> str:
    """An end of a range as it may be typed: no more digits than anybody would."""
    whole, point, digits = end.partition(".")
    return f"{whole}{point}{digits[:2]}" if point and digits.strip("0") else whole


def with_value(op: str, before: str, value: str) -> str:
    """What stands in the field for values once a value is chosen: beside those before it for “in”."""
    if op not in {"in", "not in"}:
        return value
    kept = before.rpartition(",")[0]
    written = str(Condition("x", "in", (value,))).removeprefix("x in ")
    return f"{kept},{written}" if kept else written


def typed_part(op: str, typed: str) -> str:
    """What of the typed values is still being typed."""
    return (typed.rpartition(",")[2] if op in {"in", "not in"} else typed).strip().strip('"')
