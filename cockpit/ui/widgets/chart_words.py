"""The words in a chart's border: its legend, and the values of the period under the cursor."""

from textual.content import Content

from cockpit.language import gettext as _
from cockpit.ui.widgets.cells import clean
from cockpit.ui.widgets.chart_bars import TEXTURES
from cockpit.ui.widgets.chart_frame import series_colour
from cockpit.ui.widgets.chart_spec import ChartSpec
from cockpit.ui.widgets.palette import Palette

MARKERS = "●◆▲■"
HOLLOW = "○◇△□"
BEYOND = "+"
"""The sign of every series after the fourth."""


def marker_of(number: int, *, hollow: bool = False) -> str:
    """The sign of a series on a line, whatever the colours."""
    return (HOLLOW if hollow else MARKERS)[number] if number < len(MARKERS) else BEYOND


def legend(spec: ChartSpec, palette: Palette, chosen: int, *, textured: bool) -> Content:
    """Title, and each series with its sign; the chosen one underlined."""
    parts = [Content(clean(spec.title)).stylize("bold")] if spec.title else []
    several = len(spec.series) > 1
    for number, series in enumerate(spec.series):
        if several or not spec.title:
            name = Content(clean(series.name))
            name = name.stylize("bold underline") if several and number == chosen else name
            parts.append(Content.assemble(_sign(spec, palette, number, textured), " ", name))
    return Content("   ").join(parts)


def values_at(spec: ChartSpec, palette: Palette, index: int, chosen: int, *, textured: bool) -> Content:
    """The period and its values, written out."""
    if not 0 <= index < len(spec.labels) or spec.is_empty:
        return Content("")
    parts = [Content(clean(spec.labels[index])).stylize("bold")]
    if index == spec.unfinished:
        parts.append(Content(_("not over yet")).stylize("italic"))
    for number, series in enumerate(spec.series):
        text = Content(clean(spec.text_of(series, index)))
        text = text.stylize("bold") if number == chosen else text
        parts.append(Content.assemble(_sign(spec, palette, number, textured), " ", text))
    return Content("   ").join(parts)


def _sign(spec: ChartSpec, palette: Palette, number: int, textured: bool) -> Content:
    bar = TEXTURES[number % len(TEXTURES)] if textured else "■"
    sign = bar if spec.is_bars else marker_of(number)
    return Content(sign).stylize(series_colour(spec, palette, number).hex)
