"""The figures at the top: a card each, or one line of them where there is no room."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from cockpit.ui.widgets.cells import clean, cut, width_of
from cockpit.ui.widgets.keys import CARD_KEYS
from cockpit.ui.widgets.messages import WidgetMessage
from cockpit.ui.widgets.palette import Palette, Tone, palette_of

Direction = Literal["up", "down", "level"]

CARDS_FROM = 114
"""Columns of the screen from which the strip is made of cards."""
SHORTEST = 6
ARROWS = {"up": "▲", "down": "▼", "level": "≈"}


@dataclass(frozen=True, slots=True)
class Kpi:
    """A figure as written, its change and what it is held against.

    `better` says whether the change is for the better, None where that can't be said; `met`, whether the
    goal is. `short` and `brief` are its label and its value where there is little room.
    """

    name: str
    label: str
    value: str
    delta: str = ""
    direction: Direction | None = None
    better: bool | None = None
    spark: str = ""
    goal: str = ""
    met: bool | None = None
    note: str = ""
    short: str = ""
    brief: str = ""


class KpiCard(Widget, can_focus=True):
    """One figure; Enter or a click opens it."""

    BINDINGS: ClassVar[list[BindingType]] = [*CARD_KEYS]
    DEFAULT_CSS = """
    KpiCard {
        width: 1fr;
        height: 4;
        border: round $foreground 25%;
        border-title-color: $foreground 75%;
        padding: 0 1;
        &:focus { border: round $primary; border-title-color: $foreground; }
        &.-line { height: 1; border: none; padding: 0 1; width: auto; }
        &.-line:focus { background: $primary; color: $text; }
    }
    """

    kpi: reactive[Kpi | None] = reactive(None)
    """What is shown."""
    room: reactive[int] = reactive(0)
    """Cells for the label in a line."""

    @dataclass
    class KpiOpened(WidgetMessage):
        """A figure was chosen."""

        name: str

    def __init__(self, kpi: Kpi | None = None, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(KpiCard.kpi, kpi)

    def on_mount(self) -> None:
        """Name the card."""
        self.watch_kpi(self.kpi)

    def on_resize(self) -> None:
        """Name the card as there is room, once its size is known."""
        self.call_after_refresh(self.watch_kpi, self.kpi)

    def watch_kpi(self, kpi: Kpi | None) -> None:
        """Name the card."""
        label = clean(kpi.label) if kpi is not None else ""
        if kpi is not None and width_of(label) > self.outer_size.width - 6:
            label = clean(kpi.short) or label
        self.border_title = Content(label)
        self.tooltip = Content(clean(kpi.note)) if kpi is not None and kpi.note else None
        self._make_room()

    def watch_room(self) -> None:
        """Be as wide as the label."""
        self._make_room()

    def _make_room(self) -> None:
        """Lay the screen out anew only for a line: a card is as large whatever it says."""
        if self.has_class("-line"):
            self.refresh(layout=True)

    def action_open(self) -> None:
        """Open the figure."""
        if self.kpi is not None:
            self.post_message(self.KpiOpened(self, self.kpi.name))

    def on_click(self, event: events.Click) -> None:
        """Open the figure."""
        event.stop()
        self.action_open()

    def action_neighbour(self, step: int) -> None:
        """Focus the card beside this one."""
        cards = list(self.parent.query(KpiCard)) if self.parent is not None else [self]
        cards[(cards.index(self) + step) % len(cards)].focus()

    def render(self) -> Content:
        """Value and change, then goal or curve and note; in a line: label, value and arrow."""
        kpi = self.kpi
        if kpi is None:
            return Content("")
        palette = palette_of(self)
        if self.has_class("-line"):
            return line_of(kpi, self.room, palette, focused=self.has_focus)
        width = self.content_size.width
        return Content("\n").join((_first(kpi, width, palette), _second(kpi, width, palette)))


def label_in_line(kpi: Kpi) -> str:
    """The label where there is little room."""
    return clean(kpi.short or kpi.label)


def value_in_line(kpi: Kpi) -> str:
    """The value where there is little room."""
    return clean(kpi.brief or kpi.value)


def line_of(kpi: Kpi, room: int, palette: Palette, *, focused: bool = False) -> Content:
    """`label value ▲`, the label in at most `room` cells."""
    parts = [Content(cut(label_in_line(kpi), room)), Content(value_in_line(kpi)).stylize("bold")]
    if kpi.direction is not None:
        arrow = Content(ARROWS[kpi.direction])
        parts.append(arrow if focused else arrow.stylize(palette.tone(_delta_tone(kpi)).hex))
    return Content(" ").join(parts)


def _delta_tone(kpi: Kpi) -> Tone:
    if kpi.better is None:
        return "muted"
    return "good" if kpi.better else "bad"


def _first(kpi: Kpi, width: int, palette: Palette) -> Content:
    value = cut(clean(kpi.value), width)
    arrow = ARROWS[kpi.direction] if kpi.direction is not None else ""
    change = f"{arrow} {clean(kpi.delta)}".strip()
    change = cut(change, width - width_of(value) - 2)
    parts = [Content(value).stylize("bold")]
    if width_of(change) > 1:
        parts.append(Content(change).stylize(palette.tone(_delta_tone(kpi)).hex))
    return Content("  ").join(parts)


def _second(kpi: Kpi, width: int, palette: Palette) -> Content:
    muted = palette.muted.hex
    parts = []
    if kpi.goal:
        parts.append(Content(clean(kpi.goal)).stylize(muted))
        if kpi.met is not None:
            mark = Content("✓" if kpi.met else "✗")
            parts.append(mark.stylize(palette.tone("good" if kpi.met else "bad").hex))
    used = sum(part.cell_length + 1 for part in parts)
    if kpi.spark and width_of(kpi.spark) <= width - used:
        parts.append(Content(clean(kpi.spark)).stylize(palette.series[0].hex))
    left = width - sum(part.cell_length + 1 for part in parts)
    note = cut(clean(kpi.note), left)
    # Beside a goal, half an interval would only confuse; the tooltip has all of it.
    if width_of(note) > 2 and not (kpi.goal and width_of(clean(kpi.note)) > left):
        parts.append(Content(note).stylize(muted))
    return Content(" ").join(parts)


class KpiStrip(Horizontal):
    """Cards side by side, or one line of them on a narrow screen."""

    DEFAULT_CSS = """
    KpiStrip { height: auto; overflow-x: auto; scrollbar-size-horizontal: 0; }
    """

    def __init__(
        self, kpis: Sequence[Kpi] = (), *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._kpis = tuple(kpis)

    def compose(self) -> ComposeResult:
        """A card for each figure."""
        for kpi in self._kpis:
            yield KpiCard(kpi)

    def show(self, kpis: Sequence[Kpi]) -> None:
        """Show other figures; the focus stays at its place in the row."""
        self._kpis = tuple(kpis)
        cards = list(self.query(KpiCard))
        for card, kpi in zip(cards, self._kpis, strict=False):
            card.kpi = kpi
        for card in cards[len(self._kpis) :]:
            card.remove()
        if len(self._kpis) > len(cards):
            self.mount(*(KpiCard(kpi) for kpi in self._kpis[len(cards) :]))
        self.call_after_refresh(self._fit)

    def on_mount(self) -> None:
        """Choose between cards and a line."""
        self._fit()

    def on_resize(self) -> None:
        """Choose between cards and a line."""
        self._fit()

    def _fit(self) -> None:
        line = self.app.size.width < CARDS_FROM
        cards = list(self.query(KpiCard))
        width = self.size.width or self.app.size.width
        rooms = label_rooms([card.kpi for card in cards if card.kpi is not None], width)
        for card, room in zip(cards, rooms, strict=False):
            card.set_class(line, "-line")
            card.room = room


def label_rooms(kpis: Sequence[Kpi], width: int) -> list[int]:
    """Cells for each label in a line of `width`: the longest shrink first, none below `SHORTEST`.

    What still does not fit is scrolled to by moving the focus.
    """
    figures = sum(width_of(value_in_line(kpi)) + (2 if kpi.direction else 0) + 2 for kpi in kpis)
    wanted = [width_of(label_in_line(kpi)) for kpi in kpis]
    left = width - figures - len(kpis)
    longest = max(wanted, default=0)
    while longest > SHORTEST and sum(min(want, longest) for want in wanted) > left:
        longest -= 1
    return [min(want, longest) for want in wanted]
