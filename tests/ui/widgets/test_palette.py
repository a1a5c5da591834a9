import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES
from textual.widgets import Label

from cockpit.ui.widgets.palette import GRAPHIC_CONTRAST, TEXT_CONTRAST, contrast, palette_of, readable


@pytest.mark.parametrize("theme", sorted(BUILTIN_THEMES))
async def test_every_theme_gives_colours_that_can_be_read(stage, theme):
    label = Label("x")
    app = stage(label)
    async with app.run_test(size=(20, 4)):
        app.theme = theme
        palette = palette_of(label)
        for colour in (
            palette.foreground,
            palette.muted,
            palette.good,
            palette.bad,
            palette.warn,
            palette.accent,
        ):
            assert contrast(colour, palette.background) >= TEXT_CONTRAST
        for colour in palette.series:
            assert contrast(colour, palette.background) >= GRAPHIC_CONTRAST


def test_readable_moves_a_colour_no_further_than_it_must():
    black, blue = Color(0, 0, 0), Color(1, 120, 212)
    assert readable(blue, black, 3.0) == blue
    assert contrast(readable(Color(20, 20, 20), black), black) >= TEXT_CONTRAST
    assert contrast(Color(0, 0, 0), Color(255, 255, 255)) == pytest.approx(21)
