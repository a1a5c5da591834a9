"""The first screen: the stages of loading, and what to do when the export can't be used."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from cockpit.conditions import Condition
from cockpit.errors import Cancelled, CockpitError, NotRecognisedError
from cockpit.formats import harmless
from cockpit.language import gettext as _
from cockpit.progress import Pace, Step
from cockpit.settings import Settings
from cockpit.ui import keymap
from cockpit.ui.first_picture import OPENING, PROGRAM, names
from cockpit.ui.loading import Loading
from cockpit.ui.screens.leaving import LeftOnce
from cockpit.ui.stages import lines
from cockpit.ui.widgets.footer import KeyFooter
from cockpit.ui.widgets.stage_list import StageList

if TYPE_CHECKING:
    from cockpit.shop import Shop
    from cockpit.ui.app import CockpitApp


class LoadingScreen(LeftOnce[None]):
    """Loads the files and hands the shop to the app; `panel` is where the owner was before a reload.

    `conditions` take the place of the filter of the settings, where they still make sense.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*keymap.bindings("loading")]

    @dataclass
    class Stepped(Message):
        """A sign of life."""

        step: Step

    @dataclass
    class Loaded(Message):
        """There is a shop."""

        shop: "Shop"

    @dataclass
    class Failed(Message):
        """There is none, and why."""

        problem: CockpitError | Cancelled

    def __init__(
        self,
        files: Sequence[Path],
        settings: Settings,
        panel: str | None = None,
        conditions: Sequence[Condition] | None = None,
    ) -> None:
        super().__init__()
        self._files = tuple(files)
        self._settings = settings
        self._panel = panel
        self._conditions = conditions
        self._loading = self._of_files()
        self._pace = Pace()
        self._over = False

    def _of_files(self) -> Loading:
        return Loading(
            self._files,
            self._settings,
            step=lambda step: self._tell(self.Stepped(step)),
            loaded=lambda shop: self._tell(self.Loaded(shop)),
            failed=lambda problem: self._tell(self.Failed(problem)),
            conditions=self._conditions,
        )

    @property
    def _cockpit(self) -> "CockpitApp":
        return cast("CockpitApp", self.app)

    @property
    def is_over(self) -> bool:
        """Whether it has come to its end, with a shop or without."""
        return self._over

    def _tell(self, message: Message) -> None:
        self.post_message(message)

    def compose(self) -> ComposeResult:
        """What is being read, how far it is, and why it failed if it did."""
        with Vertical(id="loading"):
            yield Static(Content.assemble((PROGRAM, "bold"), f"  {names(self._files)}"), id="loading-title")
            yield StageList(lines(None), id="stages")
            yield Static(id="loading-said")
        yield KeyFooter()

    def on_mount(self) -> None:
        """Load once the screen has been painted."""
        self.query_one("#loading").border_title = OPENING if self._panel is None else _("Reading again")
        self._begin()

    def _begin(self) -> None:
        self._over = False
        self._pace = Pace()
        self._cockpit.loading_now = self._loading
        self.call_after_refresh(self._loading.start)

    def on_loading_screen_stepped(self, message: Stepped) -> None:
        """Show how far it is."""
        if not self._over:
            self.query_one(StageList).show(lines(self._pace.take(message.step)))

    def on_loading_screen_loaded(self, message: Loaded) -> None:
        """Go on to the main screen."""
        if self._over:
            message.shop.close()
            return
        self._over = True
        self._cockpit.opened(message.shop)

    def on_loading_screen_failed(self, message: Failed) -> None:
        """Say why nothing was loaded, and what to do."""
        if self._over:
            return
        self._over = True
        if isinstance(message.problem, Cancelled):
            self._say(_("Cancelled: nothing was loaded."), "")
        else:
            self._say(message.problem.problem, message.problem.remedy)
        if isinstance(message.problem, NotRecognisedError):
            self._ask_for_columns(message.problem)

    def _ask_for_columns(self, problem: NotRecognisedError) -> None:
        from cockpit.ui.screens.mapping import MappingScreen

        self.app.push_screen(MappingScreen(self._files, self._settings, problem), self._load_as_told)

    def _load_as_told(self, settings: Settings | None) -> None:
        """Load once more with the columns that the owner has named; without them the sentence stays."""
        if settings is None:
            return
        self._settings = settings
        self._loading = self._of_files()
        self.query_one("#loading").remove_class("-failed")
        self.query_one(StageList).show(lines(None))
        self._begin()

    def _say(self, problem: str, remedy: str) -> None:
        way_out = _("Escape goes back to what was loaded.") if self._reloading else _("Escape or q leaves.")
        lines = [Content(harmless(text)) for text in (problem, remedy) if text]
        self.query_one("#loading-said", Static).update(
            Content("\n").join([*lines, Content(""), Content(way_out)])
        )
        self.query_one("#loading").add_class("-failed")

    @property
    def _reloading(self) -> bool:
        return self._panel is not None

    def action_give_up(self) -> None:
        """Stop loading; once it has failed, go back or leave."""
        if not self._over:
            self._over = True
            self._loading.cancel()
            self._say(_("Cancelled: nothing was loaded."), "")
        elif self._reloading:
            self.dismiss()
        else:
            self._cockpit.leave(1)
