"""Every screen as text at four sizes, to which the terminal is resized; `--update-golden` writes them anew.

What was written is looked at before a commit.
"""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen
from textual.widgets import Static

from cockpit.errors import InputError
from cockpit.progress import Step
from cockpit.settings import Settings
from cockpit.shop import Shop
from cockpit.ui import loading
from cockpit.ui.app import CockpitApp
from cockpit.ui.screens.confirm import ConfirmDialog
from cockpit.ui.screens.loading import LoadingScreen
from cockpit.ui.screens.raw_row import Place, RawRowPage
from tests.ui.golden import SIZES
from tests.ui.session import mapping_tried, running


async def test_panels_lists_and_filters(sample_shop, golden):
    """Of one session whose terminal changes its size; a panel does not know which one it began with."""
    async with running(sample_shop, SIZES[0]) as session:

        async def see(name: str, *keys: str, back: bool = False) -> None:
            await session.press(*keys)
            await golden.check_at_all_sizes(session, name)
            if back:
                await session.press("escape")

        await see("overview")
        await see("churn", "2")
        await see("cohorts", "3")
        await see("value", "4")
        await see("segments", "5")
        await see("drivers", "7")
        await see("actions", "8")
        await see("data", "9")
        await see("queries", "0", "enter")
        await see("at-risk", "6")
        await see("zoomed", "z", back=True)
        await see("customer", "enter", back=True)
        await session.press("f")
        await session.type("country=NO")
        await session.press("enter", "f")
        await session.type("orders>=3")
        await see("filtered", "enter")
        await session.press("f")
        await session.type("country=Atlantis")
        await see("filtered-to-nobody", "enter", "escape")
        await session.press("F", "1")
        session.app.screen.query("KpiCard").first().focus()
        await see("list", "enter", back=True)
    assert golden.differing == []


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_dialogs(size, sample_shop, golden, monkeypatch):
    """Of a session each: what lies behind a dialog follows a new size only when it is seen again."""
    monkeypatch.setattr(Shop, "queries_folder", Path("~/.config/cockpit/queries"))
    async with running(sample_shop, size) as session:

        async def see(name: str, *keys: str) -> None:
            await session.press(*keys)
            await golden.check(session.app, name)
            await session.press("escape")

        async def see_pushed(name: str, screen: Screen[Any]) -> None:
            session.app.push_screen(screen)
            await session.settle()
            await see(name)

        await see("definitions", "d")
        await session.press("2")
        await see("sql", "v")
        await session.press("0", "enter")
        await see("save-query", "ctrl+s")
        await session.press("6")
        await see("palette", "ctrl+p")
        await see("search", "slash")
        await see("filter", "f")
        await session.press("f")
        await session.type("country")
        await session.press("enter")
        session.app.screen.query_one("#value").focus()
        await see("field-values", "down")
        await session.press("escape")
        await see("window", "w")
        await see("export", "e")
        await see_pushed(
            "confirm", ConfirmDialog("Replace", "lapsed-customers.csv exists already. Replace it?")
        )
        await see("sort", "S")
        await see("help", "question_mark")
        left_out = sample_shop.listing("orders_left_out")
        row = left_out.frame.row(0, named=True)
        place = Place("orders.csv", row["record"] + 1, "#1041,kari@x.example,2024-01-31,voided,1 234.50")
        await see_pushed("raw-row", RawRowPage(left_out, row, place, session.app.formatter))
    assert golden.differing == []


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_loading_and_what_may_become_of_it(size, golden, monkeypatch):
    monkeypatch.setattr(loading.Loading, "start", lambda self: None)

    async def see(name: str, *messages: object) -> None:
        app = CockpitApp([Path("orders_2025.csv"), Path("orders_2024.csv")], Settings())
        app.animation_level = "none"
        async with app.run_test(size=size) as pilot:
            for message in messages:
                app.screen.post_message(message)
            await pilot.pause()
            await golden.check(app, name)

    reading = LoadingScreen.Stepped(Step("reading", 30, 100, "orders_2025.csv"))
    problem = InputError(
        "orders_2025.csv has no column with a date.", "Name it: --map ordered_at=COLUMN; it has Name, Total."
    )
    await see("loading-begins")
    await see("loading", reading, LoadingScreen.Stepped(Step("tables", 7, 29, "Purchases")))
    await see("loading-failed", reading, LoadingScreen.Failed(problem))
    assert golden.differing == []


UNKNOWN = """Beleg;Wer;Wann genau;Brutto;Menge;Note [bold]
A1;kari@x.example;31.01.2024;1.234,50;2;[@click=app.quit]gift[/]
A2;ola@x.example;02.02.2024;99,00;1;[/]
A3;kari@x.example;32.13.2024;5,00;1;
A4;;03.02.2024;7,50;1;
"""


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_an_export_that_is_not_recognised(size, golden, tmp_path):
    path = tmp_path / "till.csv"
    path.write_text(UNKNOWN)
    app = CockpitApp([path], Settings())
    app.animation_level = "none"
    async with app.run_test(size=size) as pilot:
        await mapping_tried(app, pilot)
        await golden.check(app, "mapping")
        await pilot.press("delete", *["down"] * 5, "left", "up", "space")
        await mapping_tried(app, pilot)
        await golden.check(app, "mapping-lacks-a-date")
    assert golden.differing == []


async def test_a_terminal_that_is_too_small_gets_a_sentence(sample_shop):
    async with running(sample_shop, (50, 15)) as session:
        small = session.app.screen.query_one("#too-small", Static)
        assert small.display
        assert not session.app.screen.query_one("#frame").display
        await session.pilot.resize_terminal(60, 18)
        await asyncio.sleep(0.2)
        await session.settle()
        assert not small.display
