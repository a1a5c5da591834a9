"""A screen that comes is laid out in one turn of the event loop and drawn in another; nothing gets lost."""

from asyncio.events import Handle

from textual.app import App
from textual.screen import Screen
from textual.widgets import Static

from cockpit.ui.screens.showing import ShownOnce


class Page(ShownOnce[None]):
    def compose(self):
        yield Static("above", id="above")
        yield Static("below", id="below")


async def test_first_layout_and_first_picture_have_a_turn_each(monkeypatch):
    turns = 0
    run = Handle._run

    def counted(handle):
        nonlocal turns
        turns += 1
        run(handle)

    done: dict[str, set[int]] = {"_refresh_layout": set(), "_compositor_refresh": set()}

    def noted(name):
        asked = getattr(Screen, name)

        def note(screen, *more, **named):
            if isinstance(screen, Page):
                done[name].add(turns)
            asked(screen, *more, **named)

        return note

    monkeypatch.setattr(Handle, "_run", counted)
    for name in done:
        monkeypatch.setattr(Screen, name, noted(name))
    app = App()
    async with app.run_test() as pilot:
        await app.push_screen(Page())
        await pilot.pause()
    laid_out, drawn = done.values()
    assert drawn
    assert min(laid_out) not in drawn


async def test_what_is_drawn_apart_is_so_once(monkeypatch):
    app = App()
    async with app.run_test(size=(20, 6)) as pilot:
        await app.push_screen(Page())
        await pilot.pause()
        page, drawn = app.screen, []
        refresh = Screen._compositor_refresh
        monkeypatch.setattr(Screen, "_compositor_refresh", lambda screen: drawn.append(1) or refresh(screen))
        for apart in (False, True, False):
            if apart:
                page.draw_apart()
            page.query_one("#below").styles.height = 2 + apart
            drawn.clear()
            page._refresh_layout()
            assert bool(drawn) is not apart
            await pilot.pause()


async def test_what_changes_between_layout_and_picture_is_drawn(monkeypatch):
    app = App()
    async with app.run_test(size=(20, 6)) as pilot:
        await app.push_screen(Page())
        await pilot.pause()
        page, below = app.screen, app.screen.query_one("#below", Static)
        regions = []
        refresh = Screen._compositor_refresh
        monkeypatch.setattr(
            Screen,
            "_compositor_refresh",
            lambda screen: (regions.extend(screen._compositor._dirty_regions), refresh(screen)),
        )
        page._refresh_layout()
        below.update("other words")
        page._dirty_widgets.add(below)
        page._compositor_refresh()
        assert any(below.region in region for region in regions)
