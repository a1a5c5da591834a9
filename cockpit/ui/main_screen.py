"""The main screen: what is loaded, whom it is about, six figures, and one panel at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from cockpit.errors import CockpitError
from cockpit.figures import Figures, Kpi
from cockpit.formats import harmless
from cockpit.language import gettext as _
from cockpit.progress import Step
from cockpit.resume import Place
from cockpit.settings import Grain
from cockpit.ui import garbage, keymap
from cockpit.ui.kpis import BESIDE, STRIP, card
from cockpit.ui.messages import OpenFigure, PanelChanged
from cockpit.ui.panels import all_panels
from cockpit.ui.panels.base import Panel
from cockpit.ui.panels.boxes import Plain, Switcher
from cockpit.ui.place import Here, here, put_back, turn_back
from cockpit.ui.scope_line import FactsLine, ScopeLine
from cockpit.ui.screens.base import ShopScreen
from cockpit.ui.screens.dialog import CHANGE
from cockpit.ui.shown import Exportable, Shown
from cockpit.ui.tabs import PanelTabs
from cockpit.ui.widgets import chart
from cockpit.ui.widgets.dimming import dim
from cockpit.ui.widgets.footer import KeyFooter
from cockpit.ui.widgets.kpi import KpiCard, KpiStrip

if TYPE_CHECKING:
    from cockpit.shop import Shop, Ticket
    from cockpit.workbench import Draft

KPIS = "kpis"
"""The topic of the figures of the strip."""
WRITING = "queries"
"""The panel that takes statements."""

PERIODS: dict[Grain, str] = {"month": _("month"), "quarter": _("quarter"), "year": _("year")}
_NEXT_PERIOD: dict[Grain, Grain] = {"month": "quarter", "quarter": "year", "year": "month"}

_OFFERED_BY_PANEL = {
    "move_period": "has_periods",
    "turn_view": "has_views",
    "turn_measure": "has_measures",
    "choose_dimension": "has_dimensions",
}
"""Actions that are offered only where the panel says so, and how it says it."""


@dataclass(frozen=True, slots=True)
class Strip:
    """The figures at the top, those beside them by name, and how many customers the filter leaves."""

    kpis: tuple[Kpi, ...]
    beside: Mapping[str, Kpi]
    customers: int

    def shown(self, at: int = 0) -> tuple[Figures, ...]:
        """The answers, those of the figure at this place first."""
        turned = (*self.kpis[at:], *self.kpis[:at])
        pairs = ((kpi, self.beside.get(kpi.name)) for kpi in turned)
        return tuple(each.figures for pair in pairs for each in pair if each is not None)


class MainScreen(ShopScreen):
    """Header, scope, strip, switcher and panels."""

    BINDINGS: ClassVar[list[BindingType]] = [*keymap.bindings("main")]

    def __init__(
        self,
        panel: str = "overview",
        panels: Sequence[type[Panel[Any]]] | None = None,
        there: Here | None = None,
    ) -> None:
        """Begin at a panel; `there` is how things stood when the owner was here before."""
        super().__init__()
        self._there = there
        self._to_put_back: set[str] = set()
        self._kinds = {kind.key: kind for kind in panels or all_panels()}
        self._start = panel if panel in self._kinds else next(iter(self._kinds))
        self._strip: Strip | None = None
        self._facts = FactsLine(id="facts")
        self._scope = ScopeLine(id="scope")
        self._switcher = Switcher(id="panels")

    def compose(self) -> ComposeResult:
        """The frame, without figures yet."""
        tabs = tuple((kind.digit, kind.key, kind.title) for kind in self._kinds.values())
        with Plain(id="frame"):
            yield self._facts
            yield self._scope
            yield KpiStrip(id="strip")
            yield PanelTabs(tabs, id="tabs")
            yield Static(id="no-one", markup=False)
            yield self._switcher
            yield KeyFooter()
        yield Static(_("Too small: 60 columns and 18 lines are needed."), id="too-small", markup=False)

    async def on_mount(self) -> None:
        """Ask for the strip and the first panel."""
        self.say_where()
        self.ask_strip()
        await self.go_to(self._start)
        self.say_where()  # what the app tells meanwhile does not reach a screen that is being mounted
        self.run_worker(chart.make_ready, thread=True, group="charts", exit_on_error=False)
        self.call_after_refresh(garbage.settled)

    # Header and strip ------------------------------------------------------------------------------

    def say_where(self) -> None:
        """Write the lines at the top."""
        shop, formatter = self.shop, self.formatter
        self._facts.show(shop.facts, formatter, shop.settings.period, self.cockpit.files_changed)
        self._say_whom()

    def _say_whom(self) -> None:
        customers = self._strip.customers if self._strip is not None else None
        self._scope.show(self.shop.conditions, customers, self.formatter, self.cockpit.tested_so_far)

    def ask_strip(self) -> None:
        """Ask for the figures at the top."""
        dim(self.query_one(KpiStrip), True)
        self.ask_shop(_strip, self._show_strip, topic=KPIS, failed=self._no_strip, cancelled=self.ask_strip)

    def _show_strip(self, strip: Strip) -> None:
        self._strip = strip
        self._say_if_no_one()
        cards = self.query_one(KpiStrip)
        dim(cards, False)
        period = _("own span") if self.shop.settings.period_from else PERIODS[self.shop.settings.period]
        cards.show([card(kpi, self.formatter, period, strip.beside.get(kpi.name)) for kpi in strip.kpis])
        self.say_where()
        self.cockpit.test_forecast()

    def on_screen_resume(self) -> None:
        """Go on testing the forecast where coming here was preceded by an attempt to reload."""
        if self._strip is not None:
            self.cockpit.test_forecast()

    def forecast_tested(self, so_far: Step | None) -> None:
        """Say how far the test of the forecast is, here and on the panels."""
        self._say_whom()
        for panel in self.query(Panel):
            panel.forecast_tested(so_far)

    def _say_if_no_one(self) -> None:
        """In place of a panel full of noughts, say that the filter leaves nobody."""
        panel, conditions = self.panel, self.shop.conditions
        nobody = self._strip is not None and self._strip.customers == 0 and bool(conditions)
        hidden = nobody and panel is not None and panel.follows_filter
        self.set_class(hidden, "-no-one")
        # Beneath a dialog nothing has the focus then; a card that took it would keep it from later panels.
        self.AUTO_FOCUS = "" if hidden else None  # type: ignore[misc]
        if hidden and self._focus_is_in_panel():
            self.set_focus(None)
        if not nobody:
            return
        said = _("No customer meets {conditions}. F takes the filter away, f changes it.")
        listed = _(" and ").join(harmless(str(condition), 60) for condition in conditions)
        self.query_one("#no-one", Static).update(Content(said.format(conditions=listed)))

    def _no_strip(self, problem: CockpitError) -> None:
        self._strip = None
        dim(self.query_one(KpiStrip), False)
        self.query_one(KpiStrip).show([])
        self.notify(str(problem), severity="warning", markup=False)

    def on_kpi_card_kpi_opened(self, message: KpiCard.KpiOpened) -> None:
        """Open the customers behind a figure of the strip."""
        for kpi in self._strip.kpis if self._strip is not None else ():
            if kpi.name == message.name:
                if kpi.figures.opens("value") is not None:
                    self.post_message(OpenFigure(kpi.figures, "value", 0))
                else:
                    self.notify(kpi.why_null or _("Nothing stands behind this figure."), markup=False)

    # Panels ----------------------------------------------------------------------------------------

    @property
    def panel(self) -> Panel[Any] | None:
        """The panel that is open."""
        current = self._switcher.visible_content
        return current if isinstance(current, Panel) else None

    def _focus_is_in_panel(self) -> bool:
        return self.focused is not None and self._switcher in self.focused.ancestors

    async def go_to(self, key: str) -> None:
        """Open a panel; it asks if it was never seen, or if what it shows is about something else by now."""
        kind = self._kinds.get(key)
        if kind is None:
            return
        had_focus = self.focused is None or self._focus_is_in_panel()
        name = f"panel-{key}"
        if not any(opened.id == name for opened in self._switcher.children):
            fresh = kind()
            await self._switcher.add_content(fresh, id=name)
            if self._there is not None:
                turn_back(fresh, self._there)
                self._to_put_back.add(key)
            self.draw_apart()
        self._switcher.current = name
        self.query_one(PanelTabs).current = key
        self._say_if_no_one()
        panel = self.panel
        if panel is not None:
            panel.expect()
            if had_focus and not self.has_class("-no-one"):
                panel.focus_first()
        self.refresh_bindings()

    @property
    def writes_queries(self) -> bool:
        """Whether one of the panels takes statements."""
        return WRITING in self._kinds

    async def write_query(self, draft: "Draft") -> None:
        """Open the panel for statements with this one."""
        from cockpit.ui.panels.queries import Queries

        await self.go_to(WRITING)
        panel = self.panel
        if isinstance(panel, Queries):
            panel.take(draft)

    async def action_panel(self, key: str) -> None:
        """Open a panel."""
        await self.go_to(key)

    async def on_panel_tabs_chosen(self, message: PanelTabs.Chosen) -> None:
        """Open the panel that was clicked."""
        await self.go_to(message.key)

    def on_panel_changed(self, message: PanelChanged) -> None:
        """Offer what can be done now, and put the focus where there was nothing to focus."""
        message.stop()
        panel = self.panel
        if panel is not None and self._there is not None and panel.state == "ready":
            if panel.key in self._to_put_back:
                put_back(panel, self._there)
            self._to_put_back.discard(panel.key)
        if panel is not None and self.focused is None and self.is_current and not self.has_class("-no-one"):
            panel.focus_first()
        self.refresh_bindings()

    def scope_changed(self) -> None:
        """Ask anew for all that is seen; what is not seen asks when it is."""
        for panel in self.query(Panel):
            panel.make_stale()
        self._strip = None
        self.say_where()
        self.ask_strip()
        if self.panel is not None:
            self.panel.renew()

    # What is shown ---------------------------------------------------------------------------------

    def shown(self) -> tuple[Shown, ...]:
        """The figures of the panel, or of the strip when the focus is there."""
        if isinstance(self.focused, KpiCard):
            at = list(self.query(KpiCard)).index(self.focused)
            return self._strip.shown(at) if self._strip is not None else ()
        panel = self.panel
        return panel.shown() if panel is not None and panel.answer is not None else ()

    def in_view(self) -> tuple[Figures, ...]:
        """The answers in strip and panel."""
        strip = self._strip.shown() if self._strip is not None else ()
        return (*strip, *(self.panel.in_view() if self.panel is not None else ()))

    def exportable(self) -> Exportable | None:
        """The list of the panel."""
        panel = self.panel
        return panel.exportable() if panel is not None and panel.answer is not None else None

    def help_text(self) -> str:
        """What the panel says about itself."""
        return self.panel.help_text() if self.panel is not None else ""

    # Keys ------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what the panel can do."""
        if action == "panel":
            return parameters[0] in self._kinds
        if action in _OFFERED_BY_PANEL:
            return self.panel is not None and bool(getattr(self.panel, _OFFERED_BY_PANEL[action]))
        return super().check_action(action, parameters)

    def cancel_query(self) -> bool:
        """Stop what is being opened, else the panel's question."""
        if super().cancel_query():
            return True
        if self.is_asking(CHANGE) or self.is_asking("scope"):
            self.shop.interrupt()
            return True
        return self.panel is not None and self.panel.cancel()

    def action_back(self) -> None:
        """Cancel the question, else go back within the panel, else leave the zoom; the cockpit stays open."""
        panel = self.panel
        if not self.cancel_query() and not (panel is not None and panel.step_back()):
            self.remove_class("-zoomed")

    def action_zoom(self) -> None:
        """Give the panel the whole screen, and back."""
        self.toggle_class("-zoomed")

    def action_move_period(self, step: int) -> None:
        """Go to an earlier or later period."""
        if self.panel is not None:
            self.panel.move_period(step)

    def action_turn_view(self, step: int) -> None:
        """Go to another view of the panel."""
        if self.panel is not None:
            self.panel.turn_view(step)

    def action_turn_measure(self) -> None:
        """Count something else."""
        if self.panel is not None:
            self.panel.turn_measure()

    def action_choose_dimension(self) -> None:
        """Break the figures of the panel down by something else."""
        if self.panel is not None:
            self.panel.choose_dimension()

    def action_period(self) -> None:
        """Count by the next longer period, and after years by months."""
        grain = _NEXT_PERIOD[self.shop.settings.period]
        self.change(period=grain)

    def change(self, **choices: object) -> None:
        """Change settings in force, and ask anew."""
        self.ask_shop(
            lambda shop, _ticket: shop.change(**choices),
            lambda _done: self.cockpit.catch_up(),
            topic=CHANGE,
        )

    def action_window(self) -> None:
        """Choose the lapse window."""
        from cockpit.ui.screens.window import WindowDialog

        self.app.push_screen(WindowDialog(), self._filtered)

    def action_definitions(self) -> None:
        """See what other definitions would change."""
        from cockpit.ui.screens.definitions import DefinitionsDialog

        self.app.push_screen(DefinitionsDialog(), self._filtered)

    def here(self, place: Place) -> Here:
        """Where the owner is; `place` says what is not to be seen here."""
        panel, before = self.panel, self._there.place if self._there is not None else place
        at = replace(
            place,
            panel=panel.key if panel is not None else self._start,
            sorts=before.sorts,
            views=before.views,
            dimensions=before.dimensions,
        )
        return here(self.query(Panel), at)

    def action_reload(self) -> None:
        """Read the files again."""
        self.cockpit.reload(self)


def _strip(shop: "Shop", ticket: "Ticket") -> Strip:
    there = set(shop.kpi_names())
    shown = [name for name in STRIP if name in there]
    beside = {name: BESIDE[name] for name in shown if BESIDE.get(name) in there}
    found = shop.kpis([*shown, *beside.values(), "customers"], ticket)
    return Strip(
        kpis=tuple(found[name] for name in shown),
        beside={name: found[other] for name, other in beside.items()},
        customers=int(found["customers"].value or 0),
    )
