import csv
import datetime as dt

import pytest

from cockpit.settings import Settings
from cockpit.shop import Shop
from cockpit.ui.panels.boxes import Reading
from cockpit.ui.panels.tables import FiguresTable
from cockpit.ui.screens.listing import ListScreen
from cockpit.ui.screens.raw_row import RawRowPage
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
        for name in ("data-files", "data-left-out", "data-doubtful"):
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
        assert isinstance(session.app.screen, RawRowPage)
        assert "This file has no lines of text to show, or is gone." in text(session)
        assert sentence in text(session)


HOSTILE = """order_id,email,ordered_at,total,note
A1,a@x.example,2024-01-05,10.00,
A2,b@x.example,2024-01-xx,20.00,"two
[@click=app.quit]lines[/]"
A3,,2024-04-09,7.50,
A4,a@x.example,2024-04-11,10.00,
"""


async def test_an_excluded_row_shows_its_line_and_text_and_they_are_exported(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "till.csv").write_text(HOSTILE)
    with Shop.open(tmp_path / "till.csv", settings=Settings(window=30)) as shop:
        async with whole(shop, "9", "tab", "down", "enter", "enter") as session:
            assert "Line 3 of the file:" in text(session)
            assert 'A2,b@x.example,2024-01-xx,20.00,"two [@click=app.quit]lines[/]"' in text(session)
            await session.press("escape", "e", "enter")
            (file,) = tmp_path.glob("*rows.csv")
            with file.open(newline="", encoding="utf-8-sig") as opened:
                (row,) = csv.DictReader(opened)
            assert (row["record"], row["line"]) == ("2", "3")
            assert row["text"].startswith("A2,b@x.example,2024-01-xx")


async def test_gaps_and_findings_are_told_and_open(tmp_path):
    (tmp_path / "till.csv").write_text(HOSTILE)
    with Shop.open(tmp_path / "till.csv", settings=Settings(window=30)) as shop:
        async with whole(shop, "9") as session:
            shown = text(session)
            assert "no order in the whole month" in shown
            assert "no customer named" in shown
            await session.press("tab", "tab", "enter")
            assert session.app.screen.listing.frame["order_id"].to_list() == ["A3"]


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
