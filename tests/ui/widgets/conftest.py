from collections.abc import Callable

import pytest
from textual.app import App, ComposeResult
from textual.message import Message
from textual.widget import Widget

from tests.ui.golden import picture


class Stage(App[None]):
    """One widget on a screen; every message that bubbles up is kept."""

    def __init__(self, *widgets: Widget) -> None:
        super().__init__()
        self.widgets = widgets
        self.told: list[Message] = []
        self.theme = "textual-dark"

    def compose(self) -> ComposeResult:
        yield from self.widgets

    async def _on_message(self, message: Message) -> None:
        if type(message).__module__.startswith("cockpit."):
            self.told.append(message)
        await super()._on_message(message)

    def heard(self, kind: type[Message]) -> list[Message]:
        return [message for message in self.told if type(message) is kind]

    def lines(self) -> list[str]:
        return [strip.text for strip in picture(self)]

    def text(self) -> str:
        return "\n".join(self.lines())


@pytest.fixture
def stage() -> Callable[..., Stage]:
    return Stage
