"""What the widgets of a screen ask of it, and what the screens are told."""

from dataclasses import dataclass

from textual.message import Message

from cockpit.figures import Figures


@dataclass
class OpenFigure(Message):
    """Enter on a figure: show the rows behind it."""

    figures: Figures
    column: str
    row: int


@dataclass
class OpenList(Message):
    """Show a list by its name."""

    name: str


@dataclass
class OpenCustomer(Message):
    """Show one customer."""

    customer_key: int


class PanelChanged(Message):
    """A panel has come into another state, or shows something else."""
