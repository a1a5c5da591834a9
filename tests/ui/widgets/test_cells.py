import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from cockpit.ui.widgets.cells import clean, cut, fit, width_of


def test_an_escape_sequence_becomes_text_that_can_be_seen():
    assert clean("\x1b[2J\x1b]52;c;aGk=\x07 Ana\r\n") == "␛[2J␛]52;c;aGk=␇ Ana␍␊"
    assert clean("a\x9bb\x7fc\u202ed\u200be\u2028f\ud800") == "a\ufffdb␡c\ufffdd\ufffde\ufffdf\ufffd"


def test_what_a_name_may_hold_stays():
    for name in ("Åse Ø. [VIP]", "名前 太郎", "👩\u200d👧 Kids", "1\u202f234,50\u00a0kr"):
        assert clean(name) == name


@given(st.text())
def test_nothing_that_a_terminal_would_obey_is_left(text: str):
    assert all(unicodedata.category(char) not in {"Cc", "Cs", "Zl", "Zp"} for char in clean(text))


@given(st.text(), st.integers(0, 20), st.sampled_from(["left", "right", "center"]))
def test_fit_gives_exactly_the_width(text: str, width: int, align):
    assert width_of(fit(clean(text), width, align)) == width


def test_cut_counts_cells_not_characters():
    assert cut("名前太郎", 8) == "名前太郎"
    assert cut("名前太郎", 6) == "名前…"
    assert width_of(cut("名前太郎", 6)) <= 6
    assert cut("Kristiansand", 6) == "Krist…"
    assert cut("abc", 0) == ""
