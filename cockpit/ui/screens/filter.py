"""The filter: which customers all figures are about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Label, OptionList, Select, Static
from textual.widgets.option_list import Option

from cockpit.conditions import OPERATORS, Condition, Operator, parse
from cockpit.errors import UsageError
from cockpit.formats import harmless
from cockpit.language import gettext as _
from cockpit.ui import keymap
from cockpit.ui.screens.dialog import Dialog
from cockpit.ui.screens.field_values import ValuesOnOffer, typed_part, with_value

if TYPE_CHECKING:
    from cockpit.figures import Figures
    from cockpit.shop import Shop, Ticket

_WITHOUT_VALUE = ("is known", "is not known")
_MOST_SHOWN = 200
_SETTLED = 0.05
"""Seconds without a change after which what stands there is taken for the next filter."""


@dataclass(frozen=True, slots=True)
class _Field:
    """A customer attribute, and whether its values have an order."""

    name: str
    kind: str


class FilterDialog(Dialog[bool]):
    """Adds conditions and takes them away; answers whether anything changed."""

    heading = _("Filter")
    BINDINGS: ClassVar[list[BindingType]] = [*keymap.bindings("filter")]

    def __init__(self, in_view: Sequence["Figures"] = ()) -> None:
        """Ask; the like of these answers is made ready for the filter that is likely."""
        super().__init__()
        self._in_view = tuple(figures.query for figures in in_view)
        self._fields: tuple[_Field, ...] = ()
        self._changed = False
        self._settling: Timer | None = None

    def parts(self) -> Iterable[Widget]:
        """Conditions in force, then field, comparison and value."""
        yield Static(id="count", classes="hint")
        yield OptionList(id="in-force", compact=True)
        yield Label(_("Field, or a whole condition such as country=NO"))
        yield Input(id="field", placeholder=_("type to find a field"))
        yield OptionList(id="fields", compact=True)
        yield Label(_("Comparison"))
        yield Select(((_(op), op) for op in OPERATORS), value="=", allow_blank=False, id="op", compact=True)
        yield Label(_("Value; several for “in”, with commas between them"))
        yield Input(id="value")
        yield ValuesOnOffer(id="values")

    def on_mount(self) -> None:
        """Show what is in force, and fetch the names of the fields."""
        self.query_one("#field").focus()
        self._show_in_force()
        self.ask_shop(lambda shop, _ticket: shop.fields(), self._take_fields, topic="fields", failed=self.say)

    def _take_fields(self, fields: Mapping[str, str]) -> None:
        self._fields = tuple(_Field(name, kind) for name, kind in fields.items())
        self.draw_apart()
        self._show_fields(self.query_one("#field", Input).value)

    def _show_fields(self, typed: str) -> None:
        wanted = typed.strip().lower().replace(" ", "_")
        found = [field for field in self._fields if wanted in field.name]
        found.sort(key=lambda field: not field.name.startswith(wanted))
        options = self.query_one("#fields", OptionList)
        options.clear_options()
        options.add_options(
            Option(Content.assemble(field.name, ("  " + _kind(field.kind), "$foreground 75%")), id=field.name)
            for field in found[:_MOST_SHOWN]
        )
        if found:
            options.highlighted = 0

    def _show_in_force(self) -> None:
        conditions = self.shop.conditions
        options = self.query_one("#in-force", OptionList)
        options.clear_options()
        options.add_options(
            Option(Content.assemble(("✕ ", "$text-error"), harmless(str(condition), 60)), id=str(number))
            for number, condition in enumerate(conditions)
        )
        options.display = bool(conditions)
        said = _("In force; Enter takes one away:") if conditions else _("Everyone is shown.")
        self.query_one("#count", Static).update(Content(said))

    # Typing ----------------------------------------------------------------------------------------

    @on(Input.Changed, "#field")
    def _typed(self, message: Input.Changed) -> None:
        self._show_fields(message.value)

    @on(Input.Submitted, "#field")
    def _field_entered(self, message: Input.Submitted) -> None:
        try:
            condition = parse(message.value)
        except UsageError:
            self.query_one("#fields", OptionList).action_select()
            return
        self._narrow((*self.shop.conditions, condition))

    @on(OptionList.OptionSelected, "#fields")
    def _field_chosen(self, message: OptionList.OptionSelected) -> None:
        field = self.query_one("#field", Input)
        with field.prevent(Input.Changed):
            field.value = message.option_id or ""
        self.query_one("#op").focus()
        self._offer_values()

    @on(OptionList.OptionSelected, "#in-force")
    def _taken_away(self, message: OptionList.OptionSelected) -> None:
        number = int(message.option_id or 0)
        conditions = self.shop.conditions
        self._narrow((*conditions[:number], *conditions[number + 1 :]))

    @on(Select.Changed, "#op")
    def _compared(self, message: Select.Changed) -> None:
        self.query_one("#value", Input).disabled = message.value in _WITHOUT_VALUE
        self._offer_values()

    @on(Input.Changed, "#value")
    def _offer_values(self) -> None:
        """Offer values of the field, if it is one."""
        name = self.query_one("#field", Input).value.strip().lower().replace(" ", "_")
        op = str(self.query_one("#op", Select).value)
        kinds = {field.name: field.kind for field in self._fields}
        values = self.query_one(ValuesOnOffer)
        if name in kinds and op not in _WITHOUT_VALUE:
            values.offer(name, kinds[name], typed_part(op, self.query_one("#value", Input).value))
        else:
            values.display = False

    def on_values_on_offer_chosen(self, message: ValuesOnOffer.Chosen) -> None:
        """Take a value; Enter then adds the condition."""
        message.stop()
        field, op = self.query_one("#value", Input), str(self.query_one("#op", Select).value)
        with field.prevent(Input.Changed):
            field.value = with_value(op, field.value, message.value)
        field.cursor_position = len(field.value)
        field.focus()

    @property
    def _offered(self) -> Widget | None:
        """What is offered for the field with the focus, where something is."""
        focused = self.focused.id if self.focused is not None else None
        if focused == "field":
            return self.query_one("#fields")
        offers = self.query_one(ValuesOnOffer)
        options = offers.query_one(OptionList)
        return options if focused == "value" and offers.display and options.display else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Down leads somewhere only where something is on offer."""
        if action == "offers":
            return self._offered is not None
        return super().check_action(action, parameters)

    def action_offers(self) -> None:
        """Go from a field into what is offered for it."""
        offered = self._offered
        if offered is not None:
            offered.focus()

    @on(Input.Submitted, "#value")
    def _value_entered(self) -> None:
        self.action_done()

    def action_done(self) -> None:
        """Add the condition, whether it was chosen in parts or typed whole."""
        try:
            condition = self._entered(self.query_one("#value", Input).value)
        except UsageError as error:
            self.say(error)
            return
        self._narrow((*self.shop.conditions, condition))

    def _entered(self, value: str) -> Condition:
        """The condition that stands there, were this its value; raises `UsageError` while it is none."""
        field = self.query_one("#field", Input).value.strip()
        op = self.query_one("#op", Select).value
        whole = not field.replace("_", "").isalnum()
        return parse(field) if whole else _condition(field, str(op), value)  # type: ignore[arg-type]

    # Looking ahead -----------------------------------------------------------------------------------

    @on(Input.Changed)
    @on(Select.Changed)
    @on(OptionList.OptionHighlighted)
    def _settle(self) -> None:
        """Make ready what stands there, once it stays so."""
        if self._settling is not None:
            self._settling.stop()
        self._settling = self.set_timer(_SETTLED, self._prepare)

    def _prepare(self) -> None:
        self.shop.prepare(self._likely(), self._in_view)

    def _likely(self) -> tuple[Condition, ...] | None:
        """The filter that the next Enter would set, if it is one."""
        conditions, focused = self.shop.conditions, self.focused
        if focused is not None and focused.id == "in-force":
            number = self.query_one("#in-force", OptionList).highlighted
            return None if number is None else (*conditions[:number], *conditions[number + 1 :])
        op, typed = str(self.query_one("#op", Select).value), self.query_one("#value", Input).value
        value = self.query_one(ValuesOnOffer).pointed_at
        try:
            return (*conditions, self._entered(typed if value is None else with_value(op, typed, value)))
        except UsageError:
            return None

    def on_unmount(self) -> None:
        """What was not wanted is let go of."""
        self.shop.prepare(None)

    # Asking ----------------------------------------------------------------------------------------

    def _narrow(self, conditions: tuple[Condition, ...]) -> None:
        self.say("")

        def narrow(shop: "Shop", ticket: "Ticket") -> float | None:
            shop.filter(conditions)
            return shop.kpi("customers", ticket).value

        self.ask_shop(narrow, self._narrowed, topic="scope", failed=self.say)

    def _narrowed(self, customers: float | None) -> None:
        removed = not self.shop.conditions
        self._changed = True
        if customers or removed:
            self.dismiss(True)
            return
        self._show_in_force()
        self.say(_("No customer meets all of these. Take one away, or close with Escape."))

    def action_close(self) -> None:
        """Leave; an open question is stopped."""
        if self.is_asking("scope"):
            self.shop.interrupt()
        self.dismiss(self._changed)


def _condition(field: str, op: Operator, value: str) -> Condition:
    """Read a condition from its parts; a value is taken as typed, commas included, unless it is a list."""
    if op in _WITHOUT_VALUE:
        return Condition(field, op)
    if op in {"in", "not in"}:
        return parse(f"{field} {op} {value}")
    return Condition(field, op, (value.strip(),) if value.strip() else ())


def _kind(duckdb_type: str) -> str:
    names = {"VARCHAR": _("text"), "DATE": _("date"), "BOOLEAN": _("yes or no")}
    return names.get(duckdb_type, _("number"))
