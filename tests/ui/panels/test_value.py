import math

import pytest

from cockpit import backtest
from cockpit.shop import Ticket
from cockpit.ui.panels.tables import FiguresTable
from cockpit.ui.screens.choose import ChooseDialog
from cockpit.ui.screens.listing import ListScreen
from cockpit.ui.widgets.chart import Chart
from cockpit.ui.widgets.ranked_bars import RankedBars
from tests.shops import regulars, shop_from
from tests.ui.whole import text, whole


def opened(session):
    assert isinstance(session.app.screen, ListScreen)
    return session.app.screen.listing.frame


async def test_a_band_opens_its_customers_or_their_money(shop):
    async with whole(shop, "4") as session:
        panel = session.app.screen.panel
        chart, bands = panel.query_one("#value-bands", Chart), panel.figures("value_bands")
        await session.press("enter")
        assert opened(session).height == bands.frame["customers"].max()
        await session.press("escape", "m")
        assert "Value by customers' value" in text(session)
        await session.press("enter")
        assert opened(session)["value"].sum() == pytest.approx(bands.frame.item(chart.cursor, "value"))


async def test_each_part_opens_to_what_it_says(shop):
    async with whole(shop, "4") as session:
        panel = session.app.screen.panel
        for part, query, column in (
            ("top", "concentration", "customers"),
            ("cohorts", "value", "customers"),
            ("by", "value_by", "customers"),
        ):
            widget = panel.query_one(f"#value-{part}")
            widget.focus()
            await session.press("enter")
            row = widget.cursor
            assert opened(session).height == panel.figures(query).frame.item(row, column), part
            await session.press("escape")
        panel.query_one("#value-worth", RankedBars).focus()
        await session.press("enter")
        assert opened(session).height == shop.facts.customers
        await session.press("escape", "down", "enter")
        assert opened(session).height == panel.figures("textbook_clv").frame.item(0, "customers")
        await session.press("escape")
        kept = panel.query_one("#value-kept", FiguresTable)
        kept.focus()
        kept.move_to(0, "nrr_low")
        await session.press("enter")
        assert opened(session).height == panel.figures("revenue_retention").frame.item(0, "customers")


async def test_what_is_taken_out_while_it_is_asked_for_is_still_in_the_answer(shop):
    async with whole(shop, "4", "m", "m") as session:
        panel, asked = session.app.screen.panel, []

        class Meanwhile:
            def panel(self, name, ticket, **given):
                asked.append(name)
                panel._held = {}
                return shop.panel(name, ticket, **given)

        panel._held = {name: held for name, held in panel._held.items() if name != "value_by"}
        answer = panel.ask(Meanwhile(), Ticket())
        assert asked == ["value_by"]
        assert set(answer.figures) >= {*panel.queries(), *panel.kpis()}


async def test_a_bar_that_is_gone_opens_nothing(shop):
    async with whole(shop, "4") as session:
        main = session.app.screen
        main.panel.post_message(RankedBars.BarOpened(main.panel.query_one("#value-by", RankedBars), 99))
        await session.settle()
        assert session.app.screen is main
        await session.press("5", "greater_than_sign")
        bars = main.panel.query_one("#segments-bars", RankedBars)
        main.panel.post_message(RankedBars.BarOpened(bars, 99))
        await session.settle()
        assert session.app.screen is main


async def test_the_owner_chooses_the_attribute(shop):
    async with whole(shop, "4", "b") as session:
        assert isinstance(session.app.screen, ChooseDialog)
        await session.press("down", "enter")
        panel = session.app.screen.panel
        chosen = shop.dimensions()[1]
        assert panel.by == chosen
        assert f"by {chosen.replace('_', ' ')}" in text(session)
        assert panel.figures("value_by").parameters["by"] == chosen


async def test_history_too_short_for_the_textbook_says_why():
    with shop_from([(f"c{n}", f"2025-0{1 + n % 5}-01", 10.0 + n) for n in range(10)]) as shop:
        async with whole(shop, "4") as session:
            assert "The history is shorter than a year" in text(session)


async def test_without_money_there_is_no_value_to_show():
    with shop_from([("a", "2025-01-01", None), ("b", "2025-06-01", None)]) as shop:
        async with whole(shop, "4") as session:
            assert "The export has no money column." in text(session)


async def test_few_customers_of_one_value_leave_the_bars_readable():
    many = [(f"c{n}", "2025-01-01", 10.0) for n in range(30)]
    with shop_from([*many, ("x", "2025-06-01", 9_000.0), ("y", "2025-06-02", 1.0)]) as shop:
        async with whole(shop, "4", "b") as session:
            keys = list(shop.dimensions())
            await session.press(*["down"] * keys.index("first_month"), "enter")
            bars = session.app.screen.panel.query_one("#value-by", RankedBars).bars
            assert [bar.label for bar in bars] == ["2025-01"]
            assert "1 of 2" in text(session)


async def test_it_fits_small_terminals(shop):
    async with whole(shop, "4", size=(80, 24)) as session:
        for size in ((80, 24), (60, 18), (100, 30)):
            await session.pilot.resize_terminal(*size)
            panel = session.app.screen.panel
            for part in ("bands", "textbook"):
                panel.query_one(f"#value-{part}").focus()
                await session.settle()
            assert "bought in a year" in text(session)


async def test_what_is_expected_opens_to_its_customers_by_band_and_by_attribute(shop):
    async with whole(shop, "4", "m", "m") as session:
        panel = session.app.screen.panel
        assert "Customers by what the next 12 months are expected" in text(session)
        assert "Next 12 months by" in text(session)
        chart, bands = panel.query_one("#value-bands", Chart), panel.figures("predicted_bands")
        chart.focus()
        await session.press("enter")
        assert opened(session).height == bands.frame.item(chart.cursor, "customers")
        await session.press("escape")
        by = panel.query_one("#value-by", RankedBars)
        assert by.bars[0].value == panel.figures("value_by").frame.item(0, "predicted")
        by.focus()
        await session.press("enter")
        assert opened(session).height == panel.figures("value_by").frame.item(by.cursor, "customers")


async def test_without_a_forecast_the_distribution_ahead_says_why():
    with shop_from([(f"c{n}", f"2025-0{1 + n % 5}-01", 10.0 + n) for n in range(10)]) as shop:
        async with whole(shop, "4", "m", "m") as session:
            assert session.app.screen.panel.query_one("#value-bands", Chart).spec.empty.startswith(
                "Fewer than 30"
            )


async def test_the_total_ahead_has_the_band_of_the_shops_own_past(monkeypatch):
    monkeypatch.setattr(backtest, "HORIZONS", (90,))
    monkeypatch.setattr(backtest, "_chances", lambda *_asked: None)
    with shop_from(regulars(), window=90) as shop:
        async with whole(shop, "4") as session:
            panel = session.app.screen.panel
            worth = panel.query_one("#value-worth", RankedBars)
            assert "untested, no band" in str(worth.border_subtitle)
            shop.backtest()
            panel.forecast_tested(None)
            await session.settle()
            spread = shop.sql("select spread from backtest_verdicts").frame.item()
            equity = panel.figures("value").frame["equity"].sum()
            low = session.app.formatter.money_short(equity * math.exp(-1.645 * spread))
            assert f"({low} …" in str(worth.border_subtitle)
