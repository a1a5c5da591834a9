"""What every message of a drawn widget has: the widget that sent it."""

from dataclasses import dataclass

from textual.message import Message
from textual.widget import Widget


@dataclass
class WidgetMessage(Message):
    """Sent by `widget`; `@on(SomeWidget.Message, "#id")` selects by it."""

    widget: Widget

    @property
    def control(self) -> Widget:
        """The widget that sent this."""
        return self.widget
