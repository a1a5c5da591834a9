import datetime as dt

import pytest

from cockpit.ui.panels.boxes import Reading
from cockpit.ui.panels.tables import FiguresTable
from cockpit.ui.screens.listing import ListScreen
from tests.shops import Order, intake_from, open_intake
from tests.ui import stubs
from tests.ui.whole import text, whole


@pytest.fixture(scope="module")
def mixed():
    """A shop whose file has rows of several kinds that do not count."""
    orders = [
        *stubs.orders(),
        Order(None, "2025-06-01", 70.0),
        Order("x", "2025-06-02", 80.0, status="test"),
        Order("q1", "2025-06-03", 0.0),
        Order("q1", "2025-06-04", 30.0, status="cancelled"),
    ]
    intake = intake_from(
        orders,
        currency="NOK",
        excluded=[("blank", ""), ("unreadable", "no date")],
        assumptions=("Dates are read as day.month.year: row 12 has day 31.", "A long one. " * 60),
        warnings=("The export is old.",),
    )
    with open_intake(intake, window=90) as shop:
        yield shop


async def test_rows_read_are_rows_used_and_rows_not_used(mixed):
    facts = mixed.facts
    async with whole(mixed, "9") as session:
        shown = text(session)
        assert f"{facts.rows} rows read = {facts.rows_used} used + 6 not used." in shown
        assert facts.rows == facts.rows_used + 6
        assert "no readable date, id or amount" in shown
        assert "Dates are read as day.month.year" in shown and "The export is old." in shown
        assert "You chose it" in shown and "Money is in NOK" in shown


async def test_every_count_and_sum_opens_to_what_it_says(mixed):
    async with whole(mixed, "9") as session:
        panel = session.app.screen.panel
        for name in ("data-files", "data-left-out"):
            table = panel.query_one(f"#{name}", FiguresTable)
            figures = table.figures
            table.focus()
            for column in filter(figures.opens, figures.query.columns):
                target = figures.opens(column)
                table.move_to(0, column)
                await session.press("enter")
                screen = session.app.screen
                assert isinstance(screen, ListScreen)
                rows, figure = screen.listing.frame, figures.frame.item(0, target.name)
                how, _, what = target.adds_up.partition(":")
                assert (rows.height if how == "count" else rows[what].sum() or 0) == figure
                await session.press("escape")


async def test_a_reason_opens_its_rows_in_the_same_words(mixed):
    async with whole(mixed, "9", "tab", "enter") as session:
        shown = text(session)
        reason = session.app.screen.listing.frame["reason"][0]
        sentence = session.app.screen.listing.query.columns["reason"].sentences[reason]
        assert f"› {sentence} › rows" in shown
        assert shown.count(sentence) >= 2
        await session.press("enter")
        assert isinstance(session.app.screen, ListScreen)


async def test_long_text_wraps_and_is_scrolled_by_keys(mixed):
    async with whole(mixed, "9", size=(80, 24)) as session:
        box = session.app.screen.panel.query_one("#data-assumptions", Reading)
        box.focus()
        await session.settle()
        assert "A long one." in text(session)
        assert box.virtual_size.width <= 80


@pytest.fixture(scope="module")
def calm():
    """A shop that wins a customer every 24 days, who come back every 90: nothing to warn of."""
    begin, end = dt.date(2024, 1, 1), dt.date(2026, 1, 1)
    days = [
        (number, begin + dt.timedelta(24 * number + 90 * nth)) for number in range(30) for nth in range(4)
    ]
    orders = [Order(f"c{number}", day) for number, day in days if day < end]
    with open_intake(intake_from(orders, currency="NOK"), window=90) as shop:
        yield shop


async def test_without_a_warning_there_is_no_box_of_warnings(calm):
    assert calm.facts.warnings == ()
    async with whole(calm, "9") as session:
        assert "Warnings" not in text(session)
        assert "Every row is used." in text(session)


async def test_a_warning_has_a_box(mixed):
    async with whole(mixed, "9") as session:
        assert "Warnings" in text(session)
