"""One of several."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from cockpit.formats import harmless
from cockpit.ui.screens.dialog import Dialog


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen, and how it is called."""

    key: str
    title: str


class ChooseDialog(Dialog[str]):
    """Gives the key of the choice."""

    def __init__(self, heading: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self.heading = heading
        self._choices = tuple(choices)

    def parts(self) -> Iterable[Widget]:
        """The choices."""
        yield OptionList(
            *(Option(Content(harmless(choice.title)), id=choice.key) for choice in self._choices)
        )

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Take the choice."""
        self.dismiss(message.option_id)

    def action_done(self) -> None:
        """Take the choice under the cursor."""
        self.query_one(OptionList).action_select()
