"""The stages of a long piece of work: what is done, what is under way and how far, what is still to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from cockpit.ui.widgets.canvas import Canvas
from cockpit.ui.widgets.cells import clean, cut, fit, width_of
from cockpit.ui.widgets.palette import Palette, Tone, palette_of

State = Literal["waiting", "running", "done", "failed", "cancelled"]

SIGNS: dict[State, tuple[str, Tone]] = {
    "waiting": ("·", "muted"),
    "running": ("▸", "accent"),
    "done": ("✓", "good"),
    "failed": ("✗", "bad"),
    "cancelled": ("–", "muted"),
}
BAR_WIDEST = 30
PACE_WIDEST = 36
"""Room kept beside the bar for `1,200,000 rows/s, about 59 min left`."""


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage: `done` of `total` units (`total` 0 while unknown), `rate` and `note` as written."""

    label: str
    state: State = "waiting"
    done: float = 0
    total: float = 0
    rate: str = ""
    note: str = ""

    @property
    def share(self) -> float | None:
        """How much is done, 0…1; None while that is unknown."""
        return min(1.0, max(0.0, self.done / self.total)) if self.total > 0 else None


class StageList(Widget):
    """Draws stages below each other; nothing moves but the bar."""

    DEFAULT_CSS = """
    StageList { height: auto; }
    """

    stages: reactive[tuple[StageLine, ...]] = reactive((), layout=True)
    """What is shown."""

    def __init__(
        self,
        stages: Sequence[StageLine] = (),
        *,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.set_reactive(StageList.stages, tuple(stages))

    def show(self, stages: Sequence[StageLine]) -> None:
        """Show how far the work is."""
        self.stages = tuple(stages)

    def get_content_height(self, *_args: object) -> int:
        """A line a stage."""
        return max(1, len(self.stages))

    def render_line(self, y: int) -> Strip:
        """The stage `y`."""
        palette = palette_of(self)
        canvas = Canvas(self.content_size.width, 1, palette.foreground, palette.background)
        if y < len(self.stages):
            names = max(width_of(clean(stage.label)) for stage in self.stages)
            _draw(canvas, self.stages[y], min(names, canvas.width // 3), palette)
        return canvas.strips()[0]


def _draw(canvas: Canvas, stage: StageLine, names: int, palette: Palette) -> None:
    sign, tone = SIGNS[stage.state]
    running = stage.state == "running"
    canvas.put(0, 0, sign, palette.tone(tone), bold=True)
    colour = palette.muted if stage.state in {"waiting", "cancelled"} else palette.foreground
    canvas.write(2, 0, fit(clean(stage.label), names), colour, bold=running)
    x = names + 4
    if running:
        x = _bar(canvas, x, stage.share, palette)
    parts = [part for part in (stage.rate if running else "", stage.note) if part]
    text = cut("   ".join(clean(part) for part in parts), canvas.width - x)
    canvas.write(x, 0, text, palette.bad if stage.state == "failed" else palette.muted)


def _bar(canvas: Canvas, x: int, share: float | None, palette: Palette) -> int:
    """The bar and its percentage; where the rest of the line begins."""
    room = canvas.width - x
    width = min(BAR_WIDEST, max(0, room // 2), max(8, room - 8 - PACE_WIDEST))
    if share is None or width < 4:
        return x
    for place in range(x, x + width):
        canvas.tint(place, 0, palette.header)
    canvas.bar(x, 0, share * width, palette.series[0])
    canvas.write(x + width + 1, 0, f"{int(share * 100):3d} %", palette.foreground)
    return x + width + 8
