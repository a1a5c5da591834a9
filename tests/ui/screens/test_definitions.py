"""Other definitions tried on, adopted or left."""

from textual.widgets import Input, Select, Static

from cockpit.ui.main_screen import MainScreen
from cockpit.ui.screens.definitions import HEADLINE, DefinitionsDialog
from tests.shops import regulars, shop_from
from tests.ui.session import running


async def test_figures_move_side_by_side_before_they_are_adopted():
    with shop_from(regulars(), window=90) as shop:
        async with running(shop, (120, 40)) as session:
            await session.press("d")
            dialog = session.app.screen
            assert isinstance(dialog, DefinitionsDialog)
            dialog.query_one("#days", Input).value = "30"
            await session.press("enter")
            moved = dialog.query_one("#moved", Static).content.plain.splitlines()
            assert len(moved) == len(HEADLINE) + 1
            now, then = shop.kpi("active_customers"), shop.what_if(window=30)["active_customers"]
            (active,) = (line.split() for line in moved if line.startswith("Active"))
            assert active[1:3] == [f"{now.value:.0f}", f"{then.value:.0f}"] and active[3].startswith("−")
            assert shop.facts.window.days == 90
            await session.press("ctrl+s")
            assert isinstance(session.app.screen, MainScreen)
            assert shop.facts.window.days == 30


async def test_what_cannot_be_meant_is_a_sentence_and_escape_changes_nothing():
    with shop_from(regulars(), window=90) as shop:
        async with running(shop, (100, 30)) as session:
            await session.press("d")
            dialog = session.app.screen
            for field, typed, said in (("days", "0", "3650"), ("as-of", "soon", "written like")):
                box = dialog.query_one(f"#{field}", Input)
                before, box.value = box.value, typed
                await session.press("enter")
                assert said in dialog.query_one(".problem", Static).content.plain
                box.value = before
            dialog.query_one("#as-of", Input).value = "1990-01-01"
            await session.press("enter")
            assert dialog.query_one(".problem", Static).content.plain
            dialog.query_one("#as-of", Input).value = ""
            await session.press("enter")
            assert "how it is counted now" in dialog.query_one("#moved", Static).content.plain
            dialog.query_one("#zero", Select).value = "keep"
            await session.settle()
            assert "now" in dialog.query_one("#moved", Static).content.plain
            await session.press("escape")
            assert isinstance(session.app.screen, MainScreen)
            assert shop.settings.zero_orders == "exclude"
