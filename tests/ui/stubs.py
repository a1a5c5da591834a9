"""Panels and a list screen small enough for the tests of the shell."""

import datetime as dt
import sys
import time
import types

from textual.app import ComposeResult

from cockpit.figures import Figures, Listing
from cockpit.ui.messages import OpenCustomer
from cockpit.ui.panels.base import Panel
from cockpit.ui.screens.base import ShopScreen
from cockpit.ui.shown import Exportable
from cockpit.ui.widgets.virtual_table import Column, VirtualTable
from cockpit.values import write
from tests.shops import Order, intake_from, regulars

END = dt.date(2025, 12, 31)


def columns(answer: Figures | Listing, formatter) -> tuple[Column, ...]:
    return tuple(
        Column(c.name, c.heading, format=lambda v, c=c: write(formatter, c, v))
        for c in answer.query.columns.values()
        if not c.hidden
    )


class Overview(Panel[Figures]):
    key, digit, title = "overview", "1", "Overview"

    def body(self) -> ComposeResult:
        yield VirtualTable(id="today")

    def ask(self, shop, ticket):
        return shop.panel("actions", ticket)

    def show(self, answer):
        self.query_one(VirtualTable).show(answer.frame, columns(answer, self.formatter), keep_place=True)

    def shown(self):
        return (self.answer,)

    def help_text(self):
        return "What there is to do."

    def on_virtual_table_opened(self, message):
        self.open_figure(self.answer, message.column, message.row)


class Churn(Overview):
    key, digit, title = "churn", "2", "Churn"
    has_periods = True

    def ask(self, shop, ticket):
        return shop.panel("bridge", ticket)


class AtRisk(Overview):
    key, digit, title = "at_risk", "6", "At risk"

    def ask(self, shop, ticket):
        return shop.listing("at_risk", ticket)

    def exportable(self):
        return Exportable(self.answer)

    def on_virtual_table_opened(self, message):
        message.prevent_default()
        self.post_message(OpenCustomer(self.answer.frame["customer_key"][message.row]))


class ListScreen(ShopScreen):
    def __init__(self, listing):
        super().__init__()
        self.listing = listing

    def compose(self) -> ComposeResult:
        yield VirtualTable()

    def on_mount(self):
        self.query_one(VirtualTable).show(self.listing.frame, columns(self.listing, self.formatter))

    def shown(self):
        return (self.listing,)

    def exportable(self):
        return Exportable(self.listing)

    def help_text(self):
        return "A list."


PANELS = (Overview, Churn, AtRisk)


def orders() -> list[Order]:
    """Regulars, six of them silent for long, and three buyers of one order."""
    quiet = [
        Order(
            customer=f"q{n}",
            day=END - dt.timedelta(days=50 + gap),
            value=100.0 + n,
            country="NO" if n < 4 else "SE",
            name=f"Quiet {n}",
            email=f"q{n}@example.com",
            consent="yes" if n % 2 else None,
        )
        for n in range(6)
        for gap in range(0, 400, 20)
    ]
    once = [Order(customer=f"o{n}", day=END - dt.timedelta(days=70 + n), value=30.0) for n in range(3)]
    return sorted([*regulars(), *quiet, *once], key=lambda order: str(order.day))


def install(mode: str = "") -> None:
    """Stand in for the panels, the list screen and the reader, in this process."""
    from cockpit import ingest
    from cockpit.errors import InputError
    from cockpit.progress import Step
    from cockpit.ui import panels

    panels.all_panels = lambda: PANELS
    screen = types.ModuleType("cockpit.ui.screens.listing")
    screen.ListScreen = ListScreen
    sys.modules["cockpit.ui.screens.listing"] = screen

    def read(paths, settings, progress=None, reserved=()):
        if mode == "fail":
            raise InputError("made.csv has no column with a date.", "Name it: --map ordered_at=COLUMN.")
        for done in range(100 if mode == "slow" else 1):
            progress(Step("reading", done, 100))
            time.sleep(0.05 if mode == "slow" else 0)
        if mode == "stuck":
            time.sleep(30)
        return intake_from(orders(), currency="NOK")

    ingest.read = read
