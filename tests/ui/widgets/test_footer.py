"""The line of keys at the foot."""

from typing import ClassVar

from textual.app import App
from textual.binding import Binding

from cockpit.ui.widgets.footer import KeyFooter
from tests.ui.golden import text_of


class Three(App):
    BINDINGS: ClassVar = [
        Binding("a", "note('a')", "Alpha", tooltip="The first"),
        Binding("b", "note('b')", "Beta"),
        Binding("c", "help", "Help"),
    ]

    def __init__(self):
        super().__init__()
        self.noted = []
        self.offered = {"note", "help"}

    def compose(self):
        yield KeyFooter("help")

    def check_action(self, action, parameters):
        return action in self.offered

    def action_note(self, key):
        self.noted.append(key)

    def action_help(self):
        self.noted.append("help")


async def test_what_does_not_fit_goes_and_the_kept_key_stays():
    app = Three()
    async with app.run_test(size=(40, 3)) as pilot:
        await pilot.pause()
        assert text_of(app).splitlines()[-1] == " a Alpha  b Beta  c Help"
        await pilot.resize_terminal(17, 3)
        assert text_of(app).splitlines()[-1] == " a Alpha  c Help"


async def test_a_click_on_a_key_is_that_key_and_the_mouse_is_told_what_it_does():
    app = Three()
    async with app.run_test(size=(40, 3)) as pilot:
        await pilot.pause()
        await pilot.click(KeyFooter, offset=(3, 0))
        await pilot.click(KeyFooter, offset=(12, 0))
        await pilot.click(KeyFooter, offset=(39, 0))
        assert app.noted == ["a", "b"]
        await pilot.hover(KeyFooter, offset=(3, 0))
        assert app.query_one(KeyFooter).tooltip == "The first"
        await pilot.hover(KeyFooter, offset=(39, 0))
        assert app.query_one(KeyFooter).tooltip is None


async def test_it_follows_what_is_offered():
    app = Three()
    async with app.run_test(size=(40, 3)) as pilot:
        await pilot.pause()
        app.offered.remove("note")
        app.refresh_bindings()
        await pilot.pause()
        assert text_of(app).splitlines()[-1] == " c Help"
