"""Light strips are Textual's in all but their weight."""

import gc
import weakref

import pytest
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import DEFAULT_TERMINAL_THEME
from textual.color import Color
from textual.filter import ANSIToTruecolor, Monochrome
from textual.strip import Strip

from cockpit.ui import strips

BOLD = Style(bold=True)


@pytest.fixture(autouse=True)
def _mended():
    strips.mend()


def _strip() -> Strip:
    return Strip([Segment("naïve", BOLD), Segment("日本"), Segment(" end")])


def _caches(strip: Strip) -> set[str]:
    """The caches that there are, without making one by looking."""
    return {name for name in strips.SIZES if _is_there(strip, name)}


def _is_there(strip: Strip, name: str) -> bool:
    try:
        Strip.__dict__[name].__get__(strip)
    except AttributeError:
        return False
    return True


def test_the_strips_of_the_textual_at_hand_are_known():
    assert strips.are_as_known()
    assert Strip.__init__ is strips._init


def test_a_strip_has_no_cache_until_one_is_looked_into():
    strip = _strip()
    assert _caches(strip) == set()
    strip.crop(1, 3)
    assert _caches(strip) == {"_crop_cache"}


def test_what_was_cut_is_kept():
    strip = _strip()
    assert strip.crop(1, 3) is strip.crop(1, 3)
    assert strip.divide([2, 13]) is strip.divide([2, 13])
    assert strip.apply_style(BOLD) is strip.apply_style(BOLD)


def test_strips_cut_as_before():
    strip = _strip()
    assert [part.text for part in strip.divide([2, 13])] == ["na", "ïve日本 end"]
    assert [part.text for part in strip.divide([13, 20])] == [strip.text]
    assert strip.divide([]) == []
    assert strip.crop_extend(0, 13, None) is strip
    assert strip.crop_extend(3, 15, BOLD).text == "ve日本 end  "
    assert strip.crop_extend(-1, 20, None).cell_length == 20


def test_a_strip_that_is_cut_nowhere_goes_without_the_garbage_collector():
    class Watched(Strip):
        pass

    gc.disable()
    try:
        strip = Watched([Segment("whole")])
        gone = weakref.ref(strip)
        assert strip.divide([5]) == [strip]
        assert strip.crop_extend(0, 5, None) is strip
        del strip
        assert gone() is None
    finally:
        gc.enable()


def test_what_is_no_cache_is_still_missing():
    with pytest.raises(AttributeError, match="colour"):
        _ = _strip().colour


@pytest.mark.parametrize(
    "style",
    [
        Style(),
        BOLD,
        Style(color="red"),
        Style(bgcolor="color(99)"),
        Style(color="#123456", bgcolor="#654321", bold=True),
        Style(color="#123456", dim=True),
        Style(dim=True),
        Style(color="default"),
    ],
    ids=str,
)
def test_ansi_colours_become_true_ones_as_before(style):
    line_filter, beneath = ANSIToTruecolor(DEFAULT_TERMINAL_THEME), Color(1, 2, 3)
    strip = Strip([Segment("a", BOLD), Segment("b", style), Segment("c")])
    told = strip.apply_filter(line_filter, beneath)
    assert list(told) == line_filter.apply(list(strip), beneath)
    assert (told is strip) == (list(told) == list(strip))


def test_other_filters_are_asked_as_before():
    strip = Strip([Segment("a", Style(color="#ff0000"))])
    assert strip.apply_filter(Monochrome(), Color(0, 0, 0)) != strip
