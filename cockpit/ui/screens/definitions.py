"""What if it were counted otherwise: the headline figures side by side, before a definition is adopted."""

import datetime as dt
from collections.abc import Iterable, Mapping
from contextlib import suppress

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label, Select, Static

from cockpit.figures import Kpi
from cockpit.formats import MINUS, Formatter, cell_width
from cockpit.language import gettext as _
from cockpit.ui.screens.dialog import CHANGE, Dialog
from cockpit.ui.screens.window import LONGEST_DAYS
from cockpit.values import write_unit

HEADLINE = (
    "churn_rate", "retention_rate", "active_customers", "at_risk_customers", "repeat_rate_90d",
    "historic_clv", "clv_12m", "value_at_stake",
)  # fmt: skip
"""The figures that are held side by side."""

_VALUE = {"paid": _("what was paid"), "goods": _("the goods alone")}
_ZERO = {"exclude": _("don't count"), "keep": _("count as purchases")}
_SIDE = "side by side"


class DefinitionsDialog(Dialog[bool]):
    """Tries other definitions on; answers whether they were adopted."""

    heading = _("Definitions: what if?")

    def parts(self) -> Iterable[Widget]:
        """The definitions to change, and the figures now and then."""
        chosen, facts = self.shop.settings, self.shop.facts
        yield Label(_("Lapse window in days"))
        yield Input(
            "" if chosen.window is None else str(chosen.window),
            placeholder=_("empty: found from the shop's own gaps"),
            type="integer",
            id="days",
        )
        yield Label(_("As of"))
        yield Input(
            "" if chosen.as_of is None else chosen.as_of.isoformat(),
            placeholder=_("empty: the last order's day, {day}").format(day=facts.last_day.isoformat()),
            id="as-of",
        )
        yield Label(_("An order is worth"))
        yield Select(
            [(_(says), name) for name, says in _VALUE.items()],
            value=chosen.value,
            allow_blank=False,
            compact=True,
            id="value",
        )
        yield Label(_("Orders worth nothing"))
        yield Select(
            [(_(says), name) for name, says in _ZERO.items()],
            value=chosen.zero_orders,
            allow_blank=False,
            compact=True,
            id="zero",
        )
        yield Static(id="moved", markup=False)
        yield Static(_("Enter shows what would change; ctrl+s adopts it, esc leaves it."), classes="hint")

    def on_mount(self) -> None:
        """Take the keys."""
        self.query_one("#days", Input).focus(scroll_visible=False)

    def choices(self) -> dict[str, object] | None:
        """What differs from what is in force; None, and a sentence, where something can't be meant."""
        days, day = (self.query_one(f"#{name}", Input).value.strip() for name in ("days", "as-of"))
        as_of: dt.date | None = None
        if days and not (days.isdecimal() and 1 <= int(days) <= LONGEST_DAYS):
            self.say(_("A window has 1 to {n} days.").format(n=LONGEST_DAYS))
            return None
        if day:
            with suppress(ValueError):
                as_of = dt.date.fromisoformat(day)
            if as_of is None:
                self.say(_("A day is written like {day}.").format(day=self.shop.facts.last_day.isoformat()))
                return None
        self.say("")
        wanted: dict[str, object] = {
            "window": int(days) if days else None,
            "as_of": as_of,
            "value": self.query_one("#value", Select).value,
            "zero_orders": self.query_one("#zero", Select).value,
        }
        chosen = self.shop.settings
        return {name: value for name, value in wanted.items() if value != getattr(chosen, name)}

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Show what would change."""
        message.stop()
        self.try_on()

    def on_select_changed(self, message: Select.Changed) -> None:
        """Show what would change, once something does."""
        message.stop()
        if self.choices():
            self.try_on()

    def try_on(self) -> None:
        """Ask for the figures as they are, and as they would be."""
        choices = self.choices()
        if choices is None:
            return
        if not choices:
            self.query_one("#moved", Static).update(Content(_("That is how it is counted now.")))
            return
        self.query_one("#moved", Static).update(Content(_("Counting …")))
        self.ask_shop(
            lambda shop, ticket: (
                {name: shop.kpi(name, ticket) for name in HEADLINE},
                shop.what_if(ticket, **choices),
            ),
            lambda both: self.query_one("#moved", Static).update(side_by_side(*both, self.formatter)),
            topic=_SIDE,
            failed=self.say,
        )

    def action_done(self) -> None:
        """Adopt what was tried on."""
        choices = self.choices()
        if choices is None:
            return
        if not choices:
            self.dismiss(False)
            return
        self.drop(_SIDE)
        self.ask_shop(
            lambda shop, _ticket: shop.change(**choices),
            lambda _done: self.dismiss(True),
            topic=CHANGE,
            failed=self.say,
        )


def side_by_side(now: Mapping[str, Kpi], then: Mapping[str, Kpi], formatter: Formatter) -> Content:
    """A line a figure: now, then, and what changes."""
    rows = [("", _("now"), _("then"), _("change"))]
    for name in HEADLINE:
        before, after = now[name], then[name]
        rows.append(
            (
                _(before.title),
                write_unit(formatter, before.unit, before.value, short=before.unit == "money"),
                write_unit(formatter, after.unit, after.value, short=after.unit == "money"),
                _change(before, after, formatter),
            )
        )
    widths = [max(cell_width(row[at]) for row in rows) for at in range(4)]
    lines = []
    for number, (title, *cells) in enumerate(rows):
        padded = title + " " * (widths[0] - cell_width(title))
        right = [
            " " * (width - cell_width(cell)) + cell for cell, width in zip(cells, widths[1:], strict=True)
        ]
        lines.append(Content.styled("   ".join((padded, *right)), "" if number else "bold"))
    return Content("\n").join(lines)


def _change(before: Kpi, after: Kpi, formatter: Formatter) -> str:
    if before.value is None or after.value is None:
        return ""
    change = after.value - before.value
    if before.unit == "share":
        return formatter.delta_points(change)
    if not before.value:
        return ""
    share = formatter.percent(abs(change / before.value))
    if not any(digit in share for digit in "123456789"):
        return "="
    return f"{'+' if change > 0 else MINUS}{share}"
