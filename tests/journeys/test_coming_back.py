"""Coming back to the same file: in the next start, and after it was replaced while open."""

import csv
import shutil
from pathlib import Path

import pytest

from cockpit.settings import Settings
from cockpit.ui import app as app_module
from cockpit.ui.app import CockpitApp
from cockpit.ui.main_screen import MainScreen
from cockpit.ui.memory import Memory
from cockpit.ui.scope_line import FactsLine
from tests.ui import stubs
from tests.ui.session import Session


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(CockpitApp, "test_forecast", lambda self: None)


@pytest.fixture
def export(tmp_path) -> Path:
    return write(tmp_path / "orders.csv", "2025-12-31")


def write(path: Path, until: str) -> Path:
    """An export of the orders up to a day, put in the place of what is there at once."""
    made = path.with_suffix(".new")
    with made.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["order_id", "email", "date", "total", "country"])
        for number, order in enumerate(stubs.orders()):
            if str(order.day) <= until:
                writer.writerow([number, order.email, order.day, order.value, order.country])
    shutil.move(made, path)
    return path


async def main_screen(session: Session, other_than=None) -> MainScreen:
    for _ in range(1200):
        await session.pilot.pause(0.05)
        if isinstance(session.app.screen, MainScreen) and session.app.screen is not other_than:
            break
    await session.settle()
    assert isinstance(session.app.screen, MainScreen)
    return session.app.screen


async def test_panel_filter_sort_theme_window_and_period_come_back(export):
    app = CockpitApp([export], Settings(), memory=Memory([export], Settings()))
    async with app.run_test(size=(120, 40)) as pilot:
        session = Session(app, pilot)
        await main_screen(session)
        await session.press("t", "w")
        await session.type("60")
        await session.press("enter", "5", "greater_than_sign", "6", "f")
        await session.type("country=NO")
        await session.press("enter", "end", "s")
        app.theme = "cockpit-light"
        sorted_by = app.screen.table.sorted_by
        assert sorted_by is not None
        await session.press("q")

    again = CockpitApp([export], Settings(), memory=Memory([export], Settings(), {"window"}))
    async with again.run_test(size=(120, 40)) as pilot:
        session = Session(again, pilot)
        main = await main_screen(session)
        assert main.panel.key == "at_risk"
        assert main.panel.query_one("#at-risk").sorted_by == sorted_by
        assert [str(condition) for condition in again.shop.conditions] == ["country=NO"]
        assert (again.shop.settings.period, again.shop.settings.window) == ("year", None)
        assert again.theme == "cockpit-light"
        await session.press("5")
        assert next(switch.at for switch in main.panel.switches() if switch.name == "view") == 1
        await session.press("q")


async def test_a_filter_that_no_longer_makes_sense_is_let_go(export, monkeypatch):
    app = CockpitApp([export], Settings(), memory=Memory([export], Settings()))
    async with app.run_test(size=(120, 40)) as pilot:
        session = Session(app, pilot)
        await main_screen(session)
        await session.press("f")
        await session.type("orders>1")
        await session.press("enter", "q")
    kept = next(export.parent.glob("state/cockpit/places/*.json"))
    kept.write_text(kept.read_text().replace("orders>1", "bananas>1"))
    again = CockpitApp([export], Settings(), memory=Memory([export], Settings()))
    async with again.run_test(size=(120, 40)) as pilot:
        session = Session(again, pilot)
        await main_screen(session)
        assert again.shop.conditions == ()


async def test_a_file_replaced_while_open_is_said_and_reading_it_again_keeps_the_place(export, monkeypatch):
    monkeypatch.setattr(app_module, "EVERY_SECONDS", 0.05)
    write(export, "2025-12-20")
    app, said = CockpitApp([export], Settings()), []
    monkeypatch.setattr(app, "notify", lambda message, **_options: said.append(message))
    async with app.run_test(size=(120, 40)) as pilot:
        session = Session(app, pilot)
        main = await main_screen(session)
        await session.press("6", "f")
        await session.type("country=NO")
        await session.press("enter", "down", "down")
        customer = main.table.cursor_record["customer_id"]
        orders = app.shop.facts.orders
        write(export, "2025-12-31")
        for _ in range(100):
            await pilot.pause(0.05)
            if app.files_changed:
                break
        assert "changed on disk" in main.query_one(FactsLine).content.plain
        await pilot.press("ctrl+r")
        main = await main_screen(session, other_than=main)
        assert main.panel.key == "at_risk"
        assert [str(condition) for condition in app.shop.conditions] == ["country=NO"]
        if customer in main.panel.answer.frame["customer_id"].to_list():
            assert main.table.cursor_record["customer_id"] == customer
        assert app.shop.facts.orders > orders
        (changes,) = (note for note in said if note.startswith("Read again"))
        assert f"{orders} → {app.shop.facts.orders} orders" in changes
        assert "2025 → " in changes
        assert "changed on disk" not in main.query_one(FactsLine).content.plain
