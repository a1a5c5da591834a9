"""The lines above the figures: what is loaded, and whom the figures are about."""

from textual.content import Content
from textual.widgets import Static

from cockpit.conditions import Condition
from cockpit.figures import Facts, LapseWindow
from cockpit.formats import Formatter, harmless
from cockpit.language import gettext as _
from cockpit.language import ngettext
from cockpit.progress import Step
from cockpit.settings import Grain
from cockpit.ui.widgets.telling import tell

_SEPARATOR = " · "
_WINDOW = {
    "chosen": _("chosen"),
    "found": _("auto"),
    "capped": _("capped"),
    "few_gaps": _("few gaps"),
    "short_history": _("short history"),
}
_GRAINS: dict[Grain, str] = {"month": _("by month"), "quarter": _("by quarter"), "year": _("by year")}


def window_words(window: LapseWindow) -> str:
    """The lapse window, and how it came about."""
    if window.days is None:
        return _("no lapse window yet")
    return _("lapse window {days} d ({why})").format(
        days=window.days, why=_WINDOW.get(window.why, window.why)
    )


def facts_words(facts: Facts, formatter: Formatter, grain: Grain) -> tuple[str, ...]:
    """What was loaded, the most important first."""
    age = facts.export_age_days
    old = (
        _("today")
        if age <= 0
        else ngettext("{n} day old", "{n} days old", age).format(n=formatter.number(age))
    )
    to = _("to {day}").format(day=formatter.date(facts.as_of))
    words = [
        ngettext("{n} order", "{n} orders", facts.orders).format(n=formatter.number(facts.orders)),
        ngettext("{n} customer", "{n} customers", facts.customers).format(
            n=formatter.number(facts.customers)
        ),
        f"{to}, {old}" if age < 3650 else to,
        facts.currency or "",
        window_words(facts.window),
        _GRAINS[grain],
    ]
    return tuple(word for word in words if word)


class FactsLine(Static):
    """What is loaded, in one line."""

    DEFAULT_CSS = "FactsLine { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }"

    def show(self, facts: Facts, formatter: Formatter, grain: Grain, changed: bool = False) -> None:
        """Show these facts; `changed` says that the files are other than they were when they were read."""
        files = ", ".join(harmless(name) for name in facts.files[:2])
        if len(facts.files) > 2:
            more = len(facts.files) - 2
            files = ngettext("{files} and {n} more", "{files} and {n} more", more).format(files=files, n=more)
        said = _SEPARATOR.join(facts_words(facts, formatter, grain))
        tell(
            self,
            Content.assemble(
                ("cockpit", "bold $primary"),
                "  ",
                (files, "bold"),
                "  ",
                (_("changed on disk: ctrl+r") if changed else "", "bold $text-warning"),
                "  " if changed else "",
                (said, "$foreground 65%"),
            ),
        )


def testing_words(so_far: Step | None, formatter: Formatter) -> str:
    """How far the test of the forecast is; nothing when it is over."""
    if so_far is None:
        return ""
    if not so_far.total:
        return _("testing the forecast …")
    return _("testing the forecast … {done} of {total}").format(
        done=formatter.number(so_far.done), total=formatter.number(so_far.total)
    )


class ScopeLine(Static):
    """The conditions of the filter, how many customers meet them, and what goes on in the background."""

    DEFAULT_CSS = "ScopeLine { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }"

    def show(
        self,
        conditions: tuple[Condition, ...],
        customers: int | None,
        formatter: Formatter,
        tested_so_far: Step | None = None,
    ) -> None:
        """Show the filter; the count is None while it is not known."""
        testing = testing_words(tested_so_far, formatter)
        note = Content.styled(f"  {testing}", "italic $foreground 50%") if testing else Content("")
        counted = ""
        if customers is not None:
            counted = ngettext("{n} customer", "{n} customers", customers).format(
                n=formatter.number(customers)
            )
        if not conditions:
            tell(self, Content.assemble((_("everyone"), "$foreground 65%"), note))
            return
        chips = [
            Content.styled(f" {harmless(str(condition), 60)} ", "$foreground on $primary 25%")
            for condition in conditions
        ]
        line = Content(" › ").join(chips)
        tell(self, Content.assemble(line, "  ", (counted, "bold"), note))
