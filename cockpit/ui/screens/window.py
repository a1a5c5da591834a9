"""The lapse window: what the shop's own gaps suggest, and what the owner chooses."""

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from cockpit.figures import LapseWindow
from cockpit.formats import Formatter
from cockpit.language import gettext as _
from cockpit.language import ngettext
from cockpit.ui.scope_line import window_words
from cockpit.ui.screens.dialog import CHANGE, Dialog

LONGEST_DAYS = 3650


class WindowDialog(Dialog[bool]):
    """Sets the lapse window; answers whether it changed."""

    heading = _("Lapse window")

    def parts(self) -> Iterable[Widget]:
        """What is known about the shop's gaps, and a number to type."""
        window = self.shop.facts.window
        yield Static(Content("\n".join(explained(window, self.formatter))), classes="hint")
        yield Label(_("Days of silence after which a customer counts as lapsed:"))
        chosen = str(window.days) if window.why == "chosen" and window.days is not None else ""
        yield Input(chosen, placeholder=_("empty: found from the shop's own gaps"), type="integer", id="days")

    def on_mount(self) -> None:
        """Take the keys."""
        self.query_one(Input).focus()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter is enough."""
        message.stop()
        self.action_done()

    def action_done(self) -> None:
        """Set the window."""
        typed = self.query_one(Input).value.strip()
        days = int(typed) if typed.isdecimal() else None
        if typed and (days is None or not 1 <= days <= LONGEST_DAYS):
            self.say(_("A window has 1 to {n} days.").format(n=LONGEST_DAYS))
            return
        self.say("")
        self.ask_shop(
            lambda shop, _ticket: shop.change(window=days),
            lambda _done: self.dismiss(True),
            topic=CHANGE,
            failed=self.say,
        )


def explained(window: LapseWindow, formatter: Formatter) -> list[str]:
    """Sentences on how the window in force came about."""
    said = [_("In force: {window}.").format(window=window_words(window))]
    if window.suggested_days is not None:
        said.append(
            _("The shop's own gaps suggest {days}.").format(days=formatter.days(window.suggested_days))
        )
    if window.found_days is not None:
        sentence = ngettext(
            "Nine of ten who came back had done so after {days}; {n} gap was seen.",
            "Nine of ten who came back had done so after {days}; {n} gaps were seen.",
            window.observed_gaps,
        )
        said.append(
            sentence.format(days=formatter.days(window.found_days), n=formatter.number(window.observed_gaps))
        )
    said.append(_("The history allows {days} at most.").format(days=formatter.days(window.cap_days)))
    return said
