"""What every panel is: a question to the shop, and a place for the answer, or for why there is none."""

from typing import TYPE_CHECKING, ClassVar, Generic, Literal, TypeVar

from textual.app import ComposeResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from cockpit.errors import CockpitError
from cockpit.figures import Figures
from cockpit.language import gettext as _
from cockpit.progress import Step
from cockpit.ui.asking import Asking
from cockpit.ui.messages import OpenFigure, PanelChanged
from cockpit.ui.panels.boxes import Plain
from cockpit.ui.shown import Exportable, Shown
from cockpit.ui.widgets.dimming import dim
from cockpit.ui.widgets.telling import tell

if TYPE_CHECKING:
    from cockpit.shop import Shop, Ticket

State = Literal["waiting", "ready", "nothing", "error", "cancelled"]
Answer = TypeVar("Answer")


class Panel(Asking, Plain, Generic[Answer]):
    """A panel of the main screen. Heirs give the class attributes, `body`, `ask` and `show`.

    It asks when it is first seen, and again when it is stale: after another filter, window or period.
    """

    key: ClassVar[str]
    """Its name in code and in the palette: `churn`."""
    digit: ClassVar[str]
    """The key that leads to it."""
    title: ClassVar[str]
    """Its name on the switcher; translated where it is shown."""
    has_periods: ClassVar[bool] = False
    """Whether `move_period` does something: earlier and later are then offered."""

    has_views: ClassVar[bool] = False
    """Whether `turn_view` does something."""
    has_measures: ClassVar[bool] = False
    """Whether `turn_measure` does something."""
    has_dimensions: ClassVar[bool] = False
    """Whether `choose_dimension` does something."""

    follows_filter: ClassVar[bool] = True
    """Whether its figures are about the customers of the filter, so that there are none without customers."""

    DEFAULT_CSS = """
    Panel {
        height: 1fr;
        & > .panel-notice { display: none; height: 1fr; content-align: center middle; padding: 1 4; }
        & > .panel-body { height: 1fr; }
    }
    """

    state: reactive[State] = reactive[State]("waiting", init=False)
    """What stands in the panel: figures (`ready`), or a sentence."""

    def __init__(self) -> None:
        super().__init__(id=f"panel-{self.key}")
        self.stale = True
        self.sentence = ""
        self.answer: Answer | None = None

    # What heirs write ------------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """The widgets of the panel, without figures yet."""
        raise NotImplementedError

    def ask(self, shop: "Shop", ticket: "Ticket") -> Answer:
        """Collect all that the panel shows, as frozen answers. Runs in a thread: touches no widget."""
        raise NotImplementedError

    def show(self, answer: Answer) -> None:
        """Put an answer into the widgets; quick, no question to the shop."""
        raise NotImplementedError

    def why_nothing(self, answer: Answer) -> str | None:  # noqa: ARG002
        """A sentence to show in place of figures (too little data), or None to show them."""
        return None

    def shown(self) -> tuple[Shown, ...]:
        """The figures and lists on the panel, for `v` and for help; the most important first."""
        return ()

    def in_view(self) -> tuple[Figures, ...]:
        """The answers that the panel is made of."""
        shown = self.shown() if self.answer is not None else ()
        return tuple(each for each in shown if isinstance(each, Figures))

    def exportable(self) -> Exportable | None:
        """The list that `e` writes, where the panel shows one."""
        return None

    def help_text(self) -> str:
        """What the panel shows and how to read it, in two or three sentences; figures explain themselves."""
        raise NotImplementedError

    def forecast_tested(self, so_far: Step | None) -> None:
        """The test of the forecast has come so far; None: it is over."""

    def move_period(self, step: int) -> None:
        """Go to an earlier (−1) or later (1) period."""

    def turn_view(self, step: int) -> None:
        """Go to the view before (−1) or the next (1), round the end."""

    def turn_measure(self) -> None:
        """Count something else: customers, money …"""

    def choose_dimension(self) -> None:
        """Ask by which attribute to break the figures down."""

    def step_back(self) -> bool:
        """Take Escape one level back within the panel; False where there is none."""
        return False

    # What they get ---------------------------------------------------------------------------------

    def open_figure(self, figures: Figures, column: str, row: int = 0) -> None:
        """Open the rows behind a figure, or say that nothing stands behind it."""
        if row < figures.frame.height and figures.opens(column, row) is not None:
            self.post_message(OpenFigure(figures, column, row))
        else:
            self.notify(_("Nothing stands behind this figure."), markup=False)

    def renew(self) -> None:
        """Ask, whatever is shown at present."""
        self.stale = False
        self.state = "waiting"
        dim(self.query_one(".panel-body"), self.answer is not None)
        if self.answer is None:
            self.say(_("Counting …"))
        self.ask_shop(self.ask, self._answered, failed=self._failed, cancelled=self._cancelled)

    def expect(self) -> None:
        """Ask if what is shown is about something else by now."""
        if self.stale:
            self.renew()

    def make_stale(self) -> None:
        """The answer no longer holds; it is asked for anew when the panel is next seen."""
        self.stale = True
        self.drop()

    def say(self, sentence: str) -> None:
        """Show a sentence in place of the figures; "" brings them back."""
        self.sentence = sentence
        notice = self.query_one(".panel-notice", Static)
        tell(notice, Content(sentence))
        # Not by a class: for each, every rule is asked whether it now holds for every widget of the panel.
        notice.display = bool(sentence)
        self.query_one(".panel-body").display = not sentence

    def focus_first(self) -> None:
        """Put the focus on the first of the panel's widgets that takes it."""
        for widget in self.query_one(".panel-body").query("*"):
            if widget.focusable and isinstance(widget, Widget):
                widget.focus()
                return

    # How it works ----------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """A notice, and the body that it stands in for."""
        yield Static(classes="panel-notice", markup=False)
        with Plain(classes="panel-body"):
            yield from self.body()

    def _answered(self, answer: Answer) -> None:
        self.answer = answer
        dim(self.query_one(".panel-body"), False)
        nothing = self.why_nothing(answer)
        self.say(nothing or "")
        if nothing is None:
            self.show(answer)
        self.state = "ready" if nothing is None else "nothing"

    def _failed(self, problem: CockpitError) -> None:
        self.answer = None
        dim(self.query_one(".panel-body"), False)
        self.say(str(problem))
        self.state = "error"

    def _cancelled(self) -> None:
        self.stale = True
        self.answer = None
        dim(self.query_one(".panel-body"), False)
        self.say(_("Cancelled. {key} asks again.").format(key=self.digit))
        self.state = "cancelled"

    def watch_state(self) -> None:
        """Tell the screen."""
        self.post_message(PanelChanged())
