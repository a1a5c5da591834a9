"""The main screen: strip, switcher, filter, period, window, zoom, opening figures."""

import asyncio
import threading

import pytest
from textual.widgets import Input

from cockpit.shop import Shop
from cockpit.ui.kpis import STRIP
from cockpit.ui.main_screen import MainScreen
from cockpit.ui.scope_line import FactsLine, ScopeLine
from cockpit.ui.widgets.kpi import KpiCard
from tests.ui.stubs import ListScreen


async def test_the_first_panel_and_six_figures_are_there(cockpit):
    async with cockpit(strip=STRIP) as session:
        assert [card.kpi.name for card in session.app.screen.query(KpiCard)] == list(STRIP)
        assert session.app.screen.panel.key == "overview"
        assert session.app.screen.panel.state == "ready"


async def test_digits_open_panels_which_ask_only_when_first_seen(cockpit):
    async with cockpit() as session:
        main = session.app.screen
        await session.press("2")
        assert main.panel.key == "churn"
        first = main.panel.answer
        await session.press("1", "2")
        assert main.panel.answer is first


async def test_enter_on_a_card_opens_as_many_rows_as_it_says(cockpit, shop):
    async with cockpit() as session:
        cards = list(session.app.screen.query(KpiCard))
        cards[0].focus()
        await session.press("enter")
        assert isinstance(session.app.screen, ListScreen)
        assert session.app.screen.listing.frame.height == shop.kpi("active_customers").value
        await session.press("escape")
        assert isinstance(session.app.screen, MainScreen)


async def test_a_filter_reaches_strip_panel_and_the_panels_not_seen(cockpit, shop):
    async with cockpit(panel="6") as session:
        before = session.app.screen.panel.answer.frame.height
        await session.press("f")
        await session.type("country=NO")
        await session.press("enter")
        assert isinstance(session.app.screen, MainScreen)
        after = session.app.screen.panel.answer.frame
        assert 0 < after.height < before
        assert set(after["country"]) == {"NO"}
        assert "country=NO" in session.app.screen.query_one(ScopeLine).content.plain
        await session.press("F")
        assert session.app.screen.panel.answer.frame.height == before
        assert shop.conditions == ()


async def test_a_condition_typed_whole_may_also_be_finished_by_the_key_for_done(cockpit, shop):
    async with cockpit() as session:
        await session.press("f")
        await session.type("country=NO")
        await session.press("ctrl+s")
        assert [str(condition) for condition in shop.conditions] == ["country=NO"]


async def test_a_filter_that_leaves_nobody_says_so(cockpit, shop):
    async with cockpit() as session:
        await session.press("f")
        await session.type("country=Atlantis")
        await session.press("enter")
        dialog = session.app.screen
        assert "No customer" in dialog.query_one(".problem").content.plain
        await session.press("escape")
        main = session.app.screen
        assert main.has_class("-no-one")
        assert "country=Atlantis" in main.query_one("#no-one").content.plain
        await session.press("F")
        assert not main.has_class("-no-one")


async def test_a_wrong_filter_is_a_sentence_in_the_dialog(cockpit, shop):
    async with cockpit() as session:
        await session.press("f")
        await session.type("contry=NO")
        await session.press("enter")
        assert "contry" in session.app.screen.query_one(".problem").content.plain
        assert shop.conditions == ()
        await session.press("escape")
        assert isinstance(session.app.screen, MainScreen)


async def test_a_condition_is_put_together_from_its_parts(cockpit, shop):
    async with cockpit() as session:
        await session.press("f")
        await session.type("coun")
        await session.press("enter", "tab")
        await session.type("SE")
        await session.press("enter")
        assert [str(condition) for condition in shop.conditions] == ["country=SE"]


async def test_letters_typed_into_a_field_are_text(cockpit, shop):
    async with cockpit() as session:
        await session.press("f")
        await session.type("qtvwe12?")
        assert session.app.screen.query_one("#field", Input).value == "qtvwe12?"


async def test_periods_go_round(cockpit, shop):
    async with cockpit(panel="2") as session:
        quarters = session.app.screen.panel.answer.frame.height
        await session.press("t")
        assert shop.settings.period == "year"
        assert session.app.screen.panel.answer.frame.height < quarters
        await session.press("t")
        assert shop.settings.period == "month"
        assert "by month" in session.app.screen.query_one(FactsLine).content.plain


async def test_the_window_is_chosen_and_found_again(cockpit, shop):
    async with cockpit() as session:
        await session.press("w")
        field = session.app.screen.query_one(Input)
        field.value = "0"
        await session.press("enter")
        assert "3650" in session.app.screen.query_one(".problem").content.plain
        field.value = "60"
        await session.press("enter")
        assert shop.facts.window.days == 60
        assert "60 d (chosen)" in session.app.screen.query_one(FactsLine).content.plain


@pytest.mark.parametrize("keys", [("w", "60"), ("f", "country=NO")])
async def test_what_is_changed_after_its_dialog_was_left_is_told(cockpit, shop, monkeypatch, keys):
    key, typed = keys
    go = threading.Event()

    def held_up(asked):
        def ask(shop, *names, **choices):
            assert go.wait(10)
            return asked(shop, *names, **choices)

        return ask

    monkeypatch.setattr(Shop, "interrupt", lambda _shop: None)
    async with cockpit(panel="2") as session:
        await session.press(key)
        await session.type(typed)
        for name in ("change", "filter"):
            monkeypatch.setattr(Shop, name, held_up(getattr(Shop, name)))
        await session.pilot.press("enter", "escape")
        main, before = session.app.screen, shop.generation
        assert isinstance(main, MainScreen)
        go.set()
        async with asyncio.timeout(10):
            while main.panel.answer.generation == before or main.panel.state != "ready":
                await asyncio.sleep(0.001)
        await session.settle()
        assert shop.facts.window.days == 60 or shop.conditions
        assert main.panel.answer.generation == shop.generation
        lines = main.query_one(FactsLine).content.plain + main.query_one(ScopeLine).content.plain
        assert "60 d (chosen)" in lines or "country=NO" in lines


async def test_escape_never_leaves_and_takes_the_zoom_back(cockpit):
    async with cockpit() as session:
        await session.press("z")
        assert session.app.screen.has_class("-zoomed")
        await session.press("escape", "escape", "escape")
        assert isinstance(session.app.screen, MainScreen)
        assert not session.app.screen.has_class("-zoomed")


async def test_only_what_can_be_done_is_offered(cockpit):
    async with cockpit() as session:

        def offered() -> set[str]:
            return {
                active.binding.id for active in session.app.screen.active_bindings.values() if active.enabled
            }

        assert "export" not in offered()
        assert "earlier" not in offered()
        await session.press("6")
        assert "export" in offered()
        await session.press("2")
        assert "earlier" in offered()
