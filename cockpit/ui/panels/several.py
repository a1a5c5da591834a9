"""Panels of several views: each view asks only for what it shows, and what was asked is kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from cockpit.figures import Figures
from cockpit.language import gettext as _
from cockpit.side_by_side import side_by_side
from cockpit.ui.panels.base import Panel
from cockpit.ui.panels.tables import FiguresTable
from cockpit.ui.panels.views import Switch, SwitchLine
from cockpit.ui.shown import Shown
from cockpit.ui.widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from cockpit.shop import Shop, Ticket

DIMENSIONS = "dimensions"
"""The topic of the attributes to choose from."""

_FIRST_CHOICE = ("country", "channel", "first_category", "first_size")
"""What figures are broken down by until the owner chooses: the first of these that the export knows."""


@dataclass(frozen=True, slots=True)
class Several:
    """The answers so far by the name of their query, and the attribute that they are broken down by."""

    figures: Mapping[str, Figures]
    by: str


class SeveralPanel(Panel[Several]):
    """Heirs say with `queries` what the view in force wants, and with `switches` what can be turned."""

    broken_down: ClassVar[frozenset[str]] = frozenset()
    """Queries that take the attribute."""

    def __init__(self) -> None:
        super().__init__()
        self._held: Mapping[str, Figures] = {}
        self.by = ""
        self._wished = ""

    # What heirs write ------------------------------------------------------------------------------

    def queries(self) -> tuple[str, ...]:
        """The panel queries that the view in force shows, the most important first."""
        raise NotImplementedError

    def kpis(self) -> tuple[str, ...]:
        """The figures of the strip that the view in force shows besides."""
        return ()

    def switches(self) -> tuple[Switch, ...]:
        """What stands in the line on top."""
        raise NotImplementedError

    def turn(self, switch: str, option: int) -> None:
        """Put a switch to an option."""
        raise NotImplementedError

    # What they get ---------------------------------------------------------------------------------

    def wish(self, dimension: str) -> None:
        """Break down by this attribute at first, if the export knows it."""
        self._wished = dimension

    def turned(self) -> None:
        """Show what is wanted now, and ask for what of it is not there yet."""
        self.query_one(SwitchLine).show(self.switches())
        if self.answer is not None and self.holds_all():
            self.drop()
            self._answered(Several(self._held, self.by))
        else:
            self.renew()

    def ask(self, shop: "Shop", ticket: "Ticket") -> Several:
        """Ask for what is not there yet."""
        held, by = self._held, self.by
        missing = [name for name in self.queries() if name not in held]
        if not by and not self.broken_down.isdisjoint(missing):
            by = _first_dimension(shop.dimensions(ticket), self._wished)
        own: dict[str, dict[str, Any]] = {name: {"by": by} for name in self.broken_down}
        asks: dict[str, Callable[[], Figures]] = {
            name: partial(shop.panel, name, ticket, **own.get(name, {})) for name in missing
        }
        for name in self.kpis():
            if name not in held:
                asks[name] = partial(_kpi, shop, name, ticket)
        answers = side_by_side(*asks.values())
        return Several({**held, **dict(zip(asks, answers, strict=True))}, by)

    def make_stale(self) -> None:
        """Nothing that was asked holds any longer."""
        self._held = {}
        super().make_stale()

    def _answered(self, answer: Several) -> None:
        self._held, self.by = answer.figures, answer.by
        self.query_one(SwitchLine).show(self.switches())
        super()._answered(answer)

    def holds_all(self) -> bool:
        """Whether everything that the view in force shows is there."""
        return all(name in self._held for name in (*self.queries(), *self.kpis()))

    def figures(self, name: str) -> Figures | None:
        """The answer of a query, if it is there."""
        return self._held.get(name)

    def on_switch_line_chosen(self, message: SwitchLine.Chosen) -> None:
        """Turn what was clicked."""
        message.stop()
        switch = next(switch for switch in self.switches() if switch.name == message.switch)
        self.turn(switch.name, switch.after(1) if message.option is None else message.option)

    def turn_view(self, step: int) -> None:
        """Go to another view."""
        self._step("view", step)

    def turn_measure(self) -> None:
        """Count something else."""
        self._step("measure", 1)

    def _step(self, name: str, step: int) -> None:
        for switch in self.switches():
            if switch.name == name:
                self.turn(name, switch.after(step))

    # By which attribute ----------------------------------------------------------------------------

    def choose_dimension(self) -> None:
        """Ask by which attribute to break down."""
        self.ask_shop(lambda shop, ticket: shop.dimensions(ticket), self._offer, topic=DIMENSIONS)

    def _offer(self, dimensions: tuple[str, ...]) -> None:
        from cockpit.ui.screens.choose import Choice, ChooseDialog

        choices = [Choice(name, dimension_name(name)) for name in dimensions]
        self.app.push_screen(ChooseDialog(_("Break down by"), choices), self._chosen)

    def _chosen(self, dimension: str | None) -> None:
        if dimension is None or dimension == self.by:
            return
        self.by = dimension
        self._held = {name: held for name, held in self._held.items() if name not in self.broken_down}
        self.turned()

    # Opening ---------------------------------------------------------------------------------------

    def on_virtual_table_opened(self, message: VirtualTable.Opened) -> None:
        """Open what stands behind the cell."""
        message.stop()
        table = message.widget
        if isinstance(table, FiguresTable) and table.figures is not None:
            column = table.figure_under(message.column)
            self.open_figure(table.figures, self.figure_for(table.figures, column), message.row)

    def figure_for(self, figures: Figures, column: str) -> str:
        """The figure to open for a column: one that is none, such as a name, opens the row's customers."""
        if figures.query.figure(column) is None and "customers" in figures.query.columns:
            return "customers"
        return column

    def in_view(self) -> tuple[Figures, ...]:
        """With the figures of the strip, which are no table."""
        return (*super().in_view(), *(self._held[name] for name in self.kpis() if name in self._held))

    def shown(self) -> tuple[Shown, ...]:
        """The answers of the view; that of the table with the focus first."""
        answers = [self._held[name] for name in self.queries() if name in self._held]
        focused = self.screen.focused
        if isinstance(focused, FiguresTable) and focused.figures in answers:
            answers.sort(key=lambda figures: figures is not focused.figures)
        return tuple(answers)


def _kpi(shop: "Shop", name: str, ticket: "Ticket") -> Figures:
    return shop.kpi(name, ticket).figures


def dimension_name(dimension: str) -> str:
    """An attribute as it is read."""
    return dimension.replace("_", " ")


def _first_dimension(dimensions: tuple[str, ...], wished: str) -> str:
    known = [name for name in (wished, *_FIRST_CHOICE) if name in dimensions]
    return next(iter((*known, *dimensions)))
