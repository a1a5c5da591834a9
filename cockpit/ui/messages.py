"""What the widgets of a screen ask of it, and what the screens are told."""

from dataclasses import dataclass

from textual.message import Message

from cockpit.errors import CockpitError
from cockpit.figures import Figures
from cockpit.progress import Step


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


class ShopMoved(Message):
    """The filter, or what counts, is other than it was; who asked for that may be gone by now."""


class FilesChanged(Message):
    """The files are other than they were when they were read."""


@dataclass
class ForecastStepped(Message):
    """A sign of life of the test of the forecast; `trial` is its number."""

    trial: int
    step: Step


@dataclass
class ForecastTested(Message):
    """The test of the forecast is over.

    `changed` says that other chances are in force since; `problem` why it failed.
    """

    trial: int
    changed: bool
    problem: CockpitError | None = None
