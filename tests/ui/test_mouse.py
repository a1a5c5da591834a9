"""Everything that a key does can be done by mouse, and a click opens what Enter opens."""

from collections.abc import Iterator

from textual.widget import Widget
from textual.widgets import Input, OptionList, Select

from cockpit.ui import keymap
from cockpit.ui.palette import Commands
from cockpit.ui.panels.boxes import Reading, Sentences
from cockpit.ui.panels.sql_editor import SqlEditor
from cockpit.ui.panels.views import SwitchLine
from cockpit.ui.screens.customer import CustomerScreen
from cockpit.ui.screens.listing import ListScreen
from cockpit.ui.tabs import PanelTabs
from cockpit.ui.widgets.cell_cursor import CellCursor
from cockpit.ui.widgets.chart import Chart
from cockpit.ui.widgets.footer import KeyFooter
from cockpit.ui.widgets.kpi import KpiCard
from cockpit.ui.widgets.line_cursor import LineCursor
from cockpit.ui.widgets.tile_map import TileMap
from cockpit.ui.widgets.timeline import Timeline
from cockpit.ui.widgets.virtual_table import VirtualTable
from tests.ui.whole import whole

AT_THE_SECOND_CLICK = (CellCursor, LineCursor, Chart, TileMap, Timeline)
"""The first click moves the cursor there."""
NOTHING_TO_OPEN = (SqlEditor, OptionList, Reading)
MOVING = ("move.", "line.", "page.", "chart.", "card.", "focus.")
"""What the mouse does by itself: it points."""


def seen(session) -> tuple[object, ...]:
    """What is on top, and what was said."""
    screen = session.app.screen
    about: tuple[object, ...] = ()
    if isinstance(screen, ListScreen):
        about = (screen.listing.about, screen.listing.frame.height)
    elif isinstance(screen, CustomerScreen):
        about = (screen.customer_key,)
    return type(screen).__name__, about, tuple(sorted(set(session.said)))


async def click(session, widget: Widget, at: tuple[int, int] = (0, 0), times: int = 1) -> None:
    await session.pilot.click(widget, offset=at, times=times)
    await session.settle()


async def back_to(session, screen) -> None:
    session.app.clear_notifications()
    while session.app.screen is not screen:
        await session.press("escape")


async def use_footer(session, action: str) -> None:
    """Click what the footer offers for an action."""
    footer = session.app.screen.query_one(KeyFooter)
    left = 0
    for offer in footer._that_fit():
        if offer.action == action:
            await click(session, footer, (left + 1, 0))
            return
        left += offer.width
    raise AssertionError(f"the footer of {session.app.screen} offers no {action}")


def unreachable(screen) -> set[str]:
    """The keys that hold here and do what neither the footer nor the commands offer."""
    offered = {offer.action for offer in screen.query_one(KeyFooter)._offers}
    commands = {command.says for command in Commands(screen)._actions()}
    says = {key.id: key.says for key in keymap.KEYS}
    return {
        str(active.binding.id)
        for active in screen.active_bindings.values()
        if active.enabled
        and active.binding.id in says
        and not active.binding.id.startswith(MOVING)
        and active.binding.action not in offered
        and says[active.binding.id] not in commands
    }


def in_view(screen) -> Iterator[tuple[Widget, tuple[int, int]]]:
    """What takes the focus on the panel, the first of each kind, and a place in it that can be clicked."""
    kinds = set()
    for widget in screen.panel.query("*"):
        at = (min(30, widget.size.width // 2), max(2, min(4, widget.size.height // 2)))
        x, y = widget.region.offset + at
        new = widget.focusable and type(widget) not in kinds
        if new and screen.region.contains(x, y) and screen.get_widget_at(x, y)[0] is widget:
            kinds.add(type(widget))
            yield widget, at


async def test_on_every_panel_a_click_opens_what_enter_opens(shop):
    async with whole(shop, size=(120, 40)) as session:
        main, opened = session.app.screen, 0
        tabs, right = main.query_one(PanelTabs), 1
        for key, label in tabs._labels():
            await click(session, tabs, (right, 0))
            right += len(label) + 1
            assert main.panel.key == key
            assert unreachable(main) == set()
            for widget, at in in_view(main):
                if isinstance(widget, NOTHING_TO_OPEN) and not isinstance(widget, Sentences):
                    continue
                await click(session, widget, at)
                if isinstance(widget, Sentences):
                    by_mouse = seen(session)
                    await back_to(session, main)
                    await session.press("enter")
                    assert seen(session) == by_mouse, f"{widget} of {key}"
                else:
                    assert isinstance(widget, AT_THE_SECOND_CLICK)
                    assert session.app.focused is widget
                    await session.press("enter")
                    by_key = seen(session)
                    await back_to(session, main)
                    await click(session, widget, at, times=2)
                    assert seen(session) == by_key, f"{widget} of {key}"
                opened += session.app.screen is not main
                await back_to(session, main)
        assert opened >= len(tabs._labels())


async def test_switches_figures_lists_and_customers_by_mouse(shop):
    async with whole(shop, "4", size=(120, 24)) as session:
        main = session.app.screen
        line = main.panel.query_one(SwitchLine)
        for place, piece in enumerate(line._pieces()):
            if piece.switch == line.switches[0].name and piece.option == 1:
                left = sum(len(before.text) for before in line._pieces()[:place])
        await click(session, line, (left + 2, 0))
        assert line.switches[0].at == 1
        await click(session, main.query(KpiCard).first(), (2, 1))
        screen = session.app.screen
        assert isinstance(screen, ListScreen)
        assert unreachable(screen) == set()
        table = screen.query_one(VirtualTable)
        await click(session, table, (10, 0))
        assert table.sorted_by is not None
        await click(session, table, (0, 3))
        assert len(table.marked_rows) == 1
        before = table.scroll_offset.y
        await click(session, table.vertical_scrollbar, (0, table.vertical_scrollbar.size.height - 2))
        assert table.scroll_offset.y > before
        await click(session, table, (10, 4), times=2)
        assert isinstance(session.app.screen, CustomerScreen)
        assert unreachable(session.app.screen) == set()
        await use_footer(session, "back")
        assert session.app.screen is screen
        await use_footer(session, "back")
        assert session.app.screen is main


async def test_dialogs_and_pages_by_mouse(shop):
    async with whole(shop, "6", size=(120, 40)) as session:
        main = session.app.screen
        for action in ("filter", "export", "sql", "window", "app.help"):
            await use_footer(session, action)
            assert session.app.screen is not main
            assert unreachable(session.app.screen) == set()
            await use_footer(session, "close")
            assert session.app.screen is main
        table = main.query_one("#at-risk", VirtualTable)
        await session.press("S")
        dialog = session.app.screen
        await click(session, dialog.query_one(OptionList), (3, 2))
        assert session.app.screen is main
        assert table.sorted_by == (table.columns[2].name, False)
        await session.press("f")
        dialog = session.app.screen
        await click(session, dialog.query_one("#fields"), (3, 1))
        chosen = dialog.query_one("#field", Input).value
        assert chosen == dialog.query_one("#fields", OptionList).get_option_at_index(1).id
        await click(session, dialog.query_one(Select), (3, 0))
        assert dialog.query_one(Select).expanded
        await back_to(session, main)
        await session.pilot.resize_terminal(60, 18)
        await session.settle()
        for action in ("app.help", "app.command_palette"):
            await use_footer(session, action)
            assert session.app.screen is not main
            await back_to(session, main)
