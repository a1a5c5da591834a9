"""The screen beneath a dialog looks as Textual would draw it."""

import pytest
from rich.segment import Segment
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen
from textual.strip import Strip

from cockpit.ui.shade import Shade


def cells(lines) -> list[list[tuple[str, object]]]:
    return [
        [(character, segment.style) for segment in line for character in segment.text]
        for line in (Strip(line).simplify() for line in lines)
    ]


@pytest.mark.parametrize("theme", ["cockpit-dark", "cockpit-light"])
async def test_a_screen_in_the_shade_is_what_textual_makes_of_it(cockpit, theme):
    async with cockpit() as session:
        session.app.theme = theme if theme in session.app.available_themes else session.app.theme
        await session.press("f")
        dialog, beneath = session.app.screen, session.app.screen_stack[-2]
        assert isinstance(dialog, ModalScreen)
        colour = dialog.styles.background
        assert 0 < colour.a < 1
        options = session.app.console_options.update(width=dialog.size.width, height=dialog.size.height)
        segments = session.app.console.render(BackgroundScreen(beneath, colour), options)
        expected = list(
            Segment.split_and_crop_lines(segments, dialog.size.width, include_new_lines=False, pad=False)
        )
        drawn = Shade(beneath, colour).render_strips(*dialog.size, None, None)
        assert len(drawn) == dialog.size.height
        assert cells(drawn) == cells(expected[: len(drawn)])
