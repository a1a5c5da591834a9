"""One customer: who, since when, how they buy, what they bought, and why they are on a list."""

from datetime import date
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from cockpit.figures import CustomerPage
from cockpit.language import gettext as _
from cockpit.ui import keymap
from cockpit.ui.panels.boxes import BOX, PlainRow, Scrolled
from cockpit.ui.panels.tables import KEY, FiguresTable, ListingTable
from cockpit.ui.screens import portrait
from cockpit.ui.screens.base import ShopScreen
from cockpit.ui.shown import Shown
from cockpit.ui.widgets.chart import Chart
from cockpit.ui.widgets.footer import KeyFooter
from cockpit.ui.widgets.timeline import Timeline

ANOTHER = "another"
"""The topic of the customer to be shown next."""

_AT_THE_END = ("products", "country", "channel")
"""Columns that may be scrolled to."""

ROOM_FOR_TWO = 110
"""Columns from which the tables stand side by side."""


class CustomerScreen(ShopScreen):
    """Everything about one customer, from the sentence to the single order."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [*keymap.bindings("customer")]
    DEFAULT_CSS = f"""
    CustomerScreen {{
        & > .who {{ background: $surface; padding: 0 1; height: auto; }}
        .facts {{ padding: 0 1; height: auto; }}
        Timeline {{ height: 9; margin-top: 1; }}
        FiguresTable {{ {BOX} height: 1fr; min-height: 8; }}
        #customer-charts {{ height: 10; }}
        #customer-tables {{ height: 1fr; min-height: 10; }}
        #customer-orders {{ width: 1fr; }}
        #customer-products {{ width: 1fr; }}
        #customer-gaps {{ width: 1fr; }}
        #customer-years {{ width: 1fr; }}
        &.-one #customer-tables {{ layout: vertical; height: auto; }}
        &.-one FiguresTable {{ width: 1fr; height: auto; max-height: 14; }}
    }}
    """

    def __init__(self, page: CustomerPage) -> None:
        super().__init__()
        self.page = page

    def compose(self) -> ComposeResult:
        """Words, timeline, charts and tables, from top to bottom."""
        yield Static(classes="who", markup=False)
        with Scrolled():
            yield Static(classes="facts", markup=False)
            yield Timeline(id="customer-timeline")
            with PlainRow(id="customer-charts"):
                yield Chart(id="customer-gaps")
                yield Chart(id="customer-years")
            with PlainRow(id="customer-tables"):
                yield FiguresTable(id="customer-orders")
                yield FiguresTable(id="customer-products")
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show the customer."""
        self.show(self.page)
        self.query_one(Timeline).focus(scroll_visible=False)
        self.call_after_refresh(self.query_one(Scrolled).scroll_home, animate=False)

    def on_resize(self, event: events.Resize) -> None:
        """Put the tables below each other where there is no room."""
        self.set_class(event.size.width < ROOM_FOR_TWO, "-one")

    def show(self, page: CustomerPage) -> None:
        """Show this customer."""
        self.page = page
        formatter = self.formatter
        self.query_one(".who", Static).update(portrait.who(page))
        self.query_one(".facts", Static).update(portrait.facts(page, formatter))
        self.query_one(Timeline).show(portrait.timeline(page, formatter))
        self.query_one("#customer-gaps", Chart).show(portrait.gaps(page, formatter))
        self.query_one("#customer-years", Chart).show(portrait.years(page, formatter))
        for name, figures in (("orders", page.orders), ("products", page.products)):
            table = self.query_one(f"#customer-{name}", FiguresTable)
            table.border_title = Content(_(figures.query.title))
            table.empty = _("The export does not say what was bought.")
            unseen = ("refund",) if name == "orders" and not figures.frame.get_column("refund").sum() else ()
            table.show_figures(figures, formatter, without=unseen, last=_AT_THE_END)

    @property
    def customer_key(self) -> int:
        """Key of the customer shown."""
        return int(str(self.page.profile[KEY]))

    @property
    def _list(self) -> ListingTable | None:
        """The list that the customer was opened from."""
        stack = self.app.screen_stack
        below = stack[stack.index(self) - 1].focused if self in stack else None
        return below if isinstance(below, ListingTable) else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the neighbours only where there is a list."""
        if action == "turn":
            return self._list is not None
        return super().check_action(action, parameters)

    def action_turn(self, step: int) -> None:
        """Go to the previous (−1) or next (1) customer of the list."""
        table = self._list
        if table is None or self.is_asking(ANOTHER):
            return
        key = table.neighbour(self.customer_key, step)
        if key is not None:
            self._ask(key)
        elif step > 0:
            self.notify(_("This is the last customer of the list."), timeout=2, markup=False)
        else:
            self.notify(_("This is the first customer of the list."), timeout=2, markup=False)

    def on_timeline_event_opened(self, message: Timeline.EventOpened) -> None:
        """Go to the order."""
        message.stop()
        self._go_to_order(self.page.purchases.frame.item(message.index, "day"))

    @on(Chart.PeriodOpened, "#customer-gaps")
    def _gap_opened(self, message: Chart.PeriodOpened) -> None:
        message.stop()
        self._go_to_order(portrait.day_of_gap(self.page, message.index))

    @on(Chart.PeriodOpened, "#customer-years")
    def _year_opened(self, message: Chart.PeriodOpened) -> None:
        message.stop()
        year = self.page.years.frame.get_column("year")[0] + message.index
        days = self.page.purchases.frame.get_column("day")
        found = days.filter(days.dt.year() == year)
        self._go_to_order(found[-1] if len(found) else None)

    def _go_to_order(self, day: date | None) -> None:
        """Put the cursor on the order of that day."""
        table = self.query_one("#customer-orders", FiguresTable)
        days = self.page.orders.frame.get_column("day").to_list()
        if day in days:
            table.focus()
            table.move_to(days.index(day))

    def scope_changed(self) -> None:
        """Ask for the customer anew: the filter decides on which lists they are."""
        self._ask(self.customer_key)

    def _ask(self, key: int) -> None:
        self.ask_shop(lambda shop, ticket: shop.customer(key, ticket), self.show, topic=ANOTHER)

    def cancel_query(self) -> bool:
        """Stop what is being opened or asked."""
        return super().cancel_query() or self.cancel(ANOTHER)

    def shown(self) -> tuple[Shown, ...]:
        """The answers that the page is made of."""
        page = self.page
        return (page.orders, page.purchases, page.products, page.years)

    def help_text(self) -> str:
        """How to read the page."""
        return _(
            "The timeline has a bar for every purchase, as high as its value; the broken line at its end is"
            " the silence since, red from the day it is longer than usual. The bars below are the days"
            " between purchases, the last one today's silence, with the usual gap as a line across. Orders"
            " that do not count stand in the table with their reason."
        )
