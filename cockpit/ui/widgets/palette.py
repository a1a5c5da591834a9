"""The colours of a drawn widget, taken from the theme and made readable on whatever lies beneath it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rich.style import Style
from textual.color import Color
from textual.widget import Widget

from cockpit.ui.widgets import contrast as numbers
from cockpit.ui.widgets.contrast import TEXT_CONTRAST

Tone = Literal["plain", "strong", "muted", "good", "bad", "warn", "accent"]

GRAPHIC_CONTRAST = 3.0
"""WCAG 2.2, 1.4.11: lines and bars against their background."""

_DARK = Color(18, 18, 18)
_LIGHT = Color(240, 240, 240)


@dataclass(frozen=True, slots=True)
class Palette:
    """Opaque colours for one background; `series` are told apart in this order.

    `cursor` lies under the cell of a table, `pointer` under one among coloured cells.
    """

    background: Color
    foreground: Color
    muted: Color
    faint: Color
    good: Color
    bad: Color
    warn: Color
    accent: Color
    series: tuple[Color, ...]
    header: Color
    row: Color
    cursor: Color
    cursor_blurred: Color
    pointer: Color

    def tone(self, tone: Tone) -> Color:
        """The text colour of a tone."""
        match tone:
            case "plain" | "strong":
                return self.foreground
            case "muted":
                return self.muted
            case "good":
                return self.good
            case "bad":
                return self.bad
            case "warn":
                return self.warn
            case "accent":
                return self.accent

    def scale(self, share: float, colour: Color) -> Color:
        """A background between this one (share 0) and nearly `colour` (share 1)."""
        return self.background.blend(colour, 0.08 + 0.82 * min(1.0, max(0.0, share)))


def palette_of(widget: Widget) -> Palette:
    """The palette of the widget as it is styled now."""
    variables = widget.app.theme_variables
    background = widget.background_colors[1]
    dark = widget.app.current_theme.dark
    if background.ansi is not None or background.a < 1:
        background = _DARK if dark else _LIGHT
    names = ("foreground", "primary", "accent", "success", "warning", "error", "secondary", "panel")
    return _palette(background.rgb, tuple(variables.get(name, "") for name in names))


@lru_cache(maxsize=64)
def _palette(rgb: tuple[int, int, int], theme: tuple[str, ...]) -> Palette:
    background = Color(*rgb)
    foreground, primary, accent, success, warning, error, secondary, _ = (
        _parse(name, background) for name in theme
    )
    foreground = readable(foreground, background, 7.0)

    def line(colour: Color) -> Color:
        return readable(colour, background, GRAPHIC_CONTRAST + 0.6)

    def text(colour: Color) -> Color:
        return readable(colour, background, TEXT_CONTRAST)

    violet = error.blend(primary, 0.5).blend(secondary, 0.1)
    return Palette(
        background=background,
        foreground=foreground,
        muted=Color(*numbers.muted(foreground.rgb, background.rgb)),
        faint=background.blend(foreground, 0.22),
        good=text(success),
        bad=text(error),
        warn=text(warning),
        accent=text(accent),
        series=(line(primary), line(accent), line(success), line(violet)),
        header=background.blend(foreground, 0.10),
        row=background.blend(foreground, 0.07),
        cursor=background.blend(primary, 0.85),
        cursor_blurred=background.blend(foreground, 0.22),
        pointer=readable(accent, background, GRAPHIC_CONTRAST),
    )


def _parse(name: str, background: Color) -> Color:
    """A theme's colour as plain opaque RGB; the terminal's own default becomes what can be read."""
    fallback = _LIGHT if luminance(background) < 0.2 else _DARK
    if not name or name in {"ansi_default", "transparent"}:
        return fallback
    colour = Color.parse(name)
    if colour.ansi is not None and colour.ansi < 0:
        return fallback
    return background.blend(Color(*colour.rgb), colour.a)


def luminance(colour: Color) -> float:
    """Relative luminance, 0…1 (WCAG 2.2)."""
    return numbers.luminance(colour.rgb)


def contrast(one: Color, other: Color) -> float:
    """Contrast ratio of two opaque colours, 1…21 (WCAG 2.2)."""
    return numbers.contrast(one.rgb, other.rgb)


@lru_cache(maxsize=1024)
def readable(colour: Color, background: Color, ratio: float = TEXT_CONTRAST) -> Color:
    """`colour`, moved towards black or white only as far as `ratio` against `background` asks for."""
    return Color(*numbers.readable(colour.rgb, background.rgb, ratio))


@lru_cache(maxsize=4096)
def ink(
    colour: Color | None = None,
    background: Color | None = None,
    *,
    bold: bool = False,
    underline: bool = False,
    italic: bool = False,
) -> Style:
    """A rich style, made once."""
    return Style(
        color=colour.rich_color if colour else None,
        bgcolor=background.rich_color if background else None,
        bold=bold or None,
        underline=underline or None,
        italic=italic or None,
    )


def toned(palette: Palette, tone: Tone, background: Color | None = None) -> Style:
    """The style of a tone, readable on `background`."""
    beneath = background or palette.background
    return ink(readable(palette.tone(tone), beneath), beneath, bold=tone == "strong")
