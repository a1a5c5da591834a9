"""The app: its screens, the shop they are about, and what goes on in the background."""

import gc
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import BindingType
from textual.command import CommandPalette, Provider
from textual.worker import Worker

from cockpit.formats import Formatter, harmless
from cockpit.language import gettext as _
from cockpit.progress import Step
from cockpit.resume import Place
from cockpit.settings import Settings
from cockpit.ui import crash, garbage, guards, keymap
from cockpit.ui.first_picture import LEAST_HEIGHT, LEAST_WIDTH
from cockpit.ui.memory import Memory
from cockpit.ui.messages import FilesChanged, ForecastStepped, ForecastTested
from cockpit.ui.screens.leaving import Palette
from cockpit.ui.screens.loading import LoadingScreen
from cockpit.ui.themes import DARK, THEMES
from cockpit.ui.watching import EVERY_SECONDS, Watch, what_changed

if TYPE_CHECKING:
    from cockpit.figures import Figures
    from cockpit.shop import Shop
    from cockpit.ui.loading import Loading
    from cockpit.ui.main_screen import MainScreen
    from cockpit.ui.place import Here
    from cockpit.ui.screens.base import ShopScreen
    from cockpit.ui.trial import Trial
    from cockpit.workbench import Draft

Commands = set[type[Provider] | Callable[[], type[Provider]]]


def _commands() -> type[Provider]:
    from cockpit.ui.palette import Commands

    return Commands


def _customers() -> type[Provider]:
    from cockpit.ui.palette import Customers

    return Customers


class CockpitApp(App[None]):
    """One shop at a time: loading screen, then the main screen and what is pushed over it."""

    TITLE = "cockpit"
    CSS_PATH = "cockpit.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*keymap.bindings("everywhere")]
    COMMANDS: ClassVar[Commands] = {_commands, _customers}
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - what Textual declares is no class variable
        (0, "-tiny-width"),
        (LEAST_WIDTH, "-narrow"),
        (100, "-medium"),
        (114, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-tiny-height"), (LEAST_HEIGHT, "-low"), (30, "-high")]  # noqa: RUF012

    def __init__(
        self,
        files: Sequence[Path],
        settings: Settings,
        shop: "Shop | None" = None,
        memory: Memory | None = None,
        takes_over: Callable[[], None] | None = None,
    ) -> None:
        """Load the files as the settings say; with an opened `shop` there is nothing to load.

        With a `memory` the owner comes back to where they were, and where they are is kept when they leave.
        `takes_over` is told when Textual sets the terminal up.
        """
        super().__init__()
        self._memory = memory
        self._takes_over = takes_over
        self._there: Here | None = None
        self._watch: Watch | None = None
        self._looking: Worker[None] | None = None
        self.files_changed = False
        guards.mend_textual()
        self.files = tuple(files)
        self.settings = settings
        self.formatter = Formatter()
        self.loading_now: Loading | None = None
        self.trial: Trial | None = None
        self.tested_so_far: Step | None = None
        self.crashed_by: str = ""
        self._shop: Shop | None = None
        self._given = shop
        self._told = 0
        self.is_leaving = False

    @property
    def shop(self) -> "Shop":
        """The opened export; there is none before something is loaded."""
        if self._shop is None:
            raise RuntimeError("no shop is open")
        return self._shop

    @property
    def has_shop(self) -> bool:
        """Whether an export is open."""
        return self._shop is not None

    def on_load(self) -> None:
        """Be given the terminal; Textual sets it up right after this."""
        if self._takes_over is not None:
            self._takes_over()

    def on_mount(self) -> None:
        """Show the loading screen first; it imports no data library."""
        for theme in THEMES:
            self.register_theme(theme)
        place = self._memory.place if self._memory is not None else None
        self.theme = place.theme if place is not None and place.theme in self.available_themes else DARK.name
        self.set_interval(EVERY_SECONDS, self._look_at_files)
        if self._given is None and self._memory is not None:
            settings, conditions = self._memory.settings(self.settings)
            self.push_screen(LoadingScreen(self.files, settings, conditions=conditions))
        elif self._given is None:
            self.push_screen(LoadingScreen(self.files, self.settings))
        else:
            self.opened(self._given)

    def on_unmount(self) -> None:
        """Let nothing go on in the background."""
        self.stop_testing()

    # The shop --------------------------------------------------------------------------------------

    def opened(self, shop: "Shop") -> None:
        """Take a loaded shop, close the one before, and show it where the owner was."""
        from cockpit.ui.main_screen import MainScreen
        from cockpit.ui.place import Here

        garbage.settled()
        place = self._memory.place if self._memory is not None else None
        there = self._there or (Here(place) if place is not None else None)
        if self.loading_now is not None:
            self._watch = Watch(self.files, self.loading_now.seen)
        self.files_changed = False
        self.stop_testing()
        before, self._shop, self._told = self._shop, shop, shop.generation
        self.formatter = Formatter.for_currency(shop.facts.currency)
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.push_screen(MainScreen(there.place.panel if there is not None else "overview", there=there))
        dropped = self.loading_now.dropped if self.loading_now is not None else ()
        for condition in dropped:
            said = _("The filter {condition} is dropped: the file has nothing like it now.")
            self.notify(said.format(condition=harmless(str(condition), 60)), timeout=10, markup=False)
        if before is not None:
            self.notify(what_changed(before.facts, shop.facts, self.formatter), timeout=10, markup=False)
            before.close()
            garbage.stirred()

    def reload(self, main: "MainScreen") -> None:
        """Read the files again, with the filter, window and period in force, and come back to the place."""
        self.stop_testing()
        self._there = main.here(Place())
        panel = self._there.place.panel
        settings = replace(self.shop.settings, filters=())
        self.push_screen(LoadingScreen(self.files, settings, panel, conditions=self.shop.conditions))

    def _look_at_files(self) -> None:
        """Look in a thread: a disk far away may take its time."""
        watch, looking = self._watch, self._looking
        if watch is None or (looking is not None and not looking.is_finished):
            return

        def look() -> None:
            if watch.look():
                self.post_message(FilesChanged())

        self._looking = self.run_worker(look, thread=True, group="watch", exit_on_error=False)

    def on_files_changed(self) -> None:
        """Say that what is shown is no longer what the files hold."""
        self.files_changed = True
        main = self._main
        if main is not None:
            main.say_where()
        self.notify(_("The file has changed on disk. ctrl+r reads it again."), markup=False)

    def on_shop_moved(self) -> None:
        """Whoever asked for it may be gone by now."""
        if not self.is_leaving:
            self.catch_up()

    def catch_up(self) -> None:
        """Tell every screen what is in force, unless they have been told."""
        if self._told != self.shop.generation:
            self.scope_changed()

    def scope_changed(self) -> None:
        """Tell every screen that the filter, or what counts, has changed."""
        self._told = self.shop.generation
        if self.trial is not None and not self.trial.is_about(self.shop):
            self.stop_testing()
        for screen in self._about_the_shop:
            screen.scope_changed()

    @property
    def _about_the_shop(self) -> "list[ShopScreen]":
        """The screens to tell what is new; one that is not mounted yet asks for it when it is."""
        from cockpit.ui.screens.base import ShopScreen

        return [each for each in self.screen_stack if isinstance(each, ShopScreen) and each.is_mounted]

    def in_view(self) -> "tuple[Figures, ...]":
        """The answers that the main screen shows."""
        return self._main.in_view() if self._main is not None else ()

    @property
    def can_write_queries(self) -> bool:
        """Whether there is a place to write statements: none over the palette's or an error's screens."""
        return self._main is not None and self._main.writes_queries

    @property
    def _main(self) -> "MainScreen | None":
        from cockpit.ui.main_screen import MainScreen

        mounted = (each for each in self.screen_stack if each.is_mounted)
        return next((each for each in mounted if isinstance(each, MainScreen)), None)

    def write_query(self, draft: "Draft") -> None:
        """Go to the panel Queries with a statement to change and run."""
        main = self._main
        if main is None:
            return
        while self.screen is not main:
            self.pop_screen()
        self.run_worker(main.write_query(draft))

    # The forecast ----------------------------------------------------------------------------------

    def test_forecast(self) -> None:
        """Test the forecast on the shop's own past in the background, unless that is going on or done."""
        from cockpit.ui.trial import Trial

        if self.trial is None or not self.trial.is_about(self.shop):
            self.stop_testing()
            self.trial = Trial(self.shop, self.post_message)
            self.trial.start()

    def stop_testing(self) -> None:
        """Stop the test; nothing of it is adopted."""
        if self.trial is not None:
            self.trial.cancel()
        self.tested_so_far = None

    def on_forecast_stepped(self, message: ForecastStepped) -> None:
        """Say how far the test is."""
        if self._is_wanted(message.trial):
            self._tested(message.step)

    def on_forecast_tested(self, message: ForecastTested) -> None:
        """Show what was found; ask for everything anew where other chances are in force."""
        if not self._is_wanted(message.trial):
            return
        self._tested(None)
        garbage.settled()  # the test has imported libraries of its own
        if message.problem is not None:
            self.notify(str(message.problem), title=_("The forecast is untested"), markup=False)
        if message.changed:
            self.catch_up()
        elif self._main is not None:
            self._main.ask_strip()

    def _is_wanted(self, number: int) -> bool:
        return self.trial is not None and self.trial.wanted and self.trial.number == number

    def _tested(self, so_far: Step | None) -> None:
        self.tested_so_far = so_far
        for screen in self._about_the_shop:
            screen.forecast_tested(so_far)

    # Leaving ---------------------------------------------------------------------------------------

    async def action_quit(self) -> None:
        """Leave; it is no success where nothing could be loaded."""
        failed = any(isinstance(screen, LoadingScreen) and screen.is_over for screen in self.screen_stack)
        self.leave(1 if failed and not self.has_shop else 0)

    def leave(self, status: int) -> None:
        """Keep the place, stop whatever runs, and end with this exit status."""
        self.is_leaving = True
        main = self._main if self._shop is not None else None
        if self._memory is not None and main is not None and self._shop is not None:
            self._memory.keep(main.here(Place(theme=self.theme)).place, self._shop)
        if self.loading_now is not None:
            self.loading_now.cancel()
        self.stop_testing()
        if self._shop is not None:
            self._shop.interrupt()
        self.exit(return_code=status)

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        # A key may still be on its way when the last screen is gone: Textual would fail on it.
        return bool(self._screen_stack) and await super()._check_bindings(key, priority)

    def _handle_exception(self, error: Exception) -> None:
        # Textual prints the values of local variables, customers among them; here is one sentence instead.
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self.crashed_by = self.crashed_by or str(crash.explained(error))
        self.stop_testing()
        if self._shop is not None:
            self._shop.interrupt()
        self._close_messages_no_wait()

    def close_shop(self) -> None:
        """Give memory and scratch space back."""
        if self._shop is not None:
            self._shop.close()
        self._shop = self._exception = None
        gc.collect()  # duckdb prints pages about what is still alive when the interpreter ends

    # Help and commands -----------------------------------------------------------------------------

    def action_command_palette(self) -> None:
        """Everything by name."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(Palette())

    def action_help(self) -> None:
        """Help for where the owner is."""
        from cockpit.ui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen | CommandPalette):
            self.push_screen(HelpScreen(self.screen))
