from hypothesis import given
from hypothesis import strategies as st

from cockpit.ui.widgets.bridge import Bridge, BridgeTerm, Span, origin, spans

TERMS = (
    BridgeTerm("start", "1 October", 4812, "4 812", "level"),
    BridgeTerm("lost", "Lost\x1b", -376, "376", tone="bad"),
    BridgeTerm("new", "New [b]", 412, "412", tone="good"),
    BridgeTerm("won_back", "Won back", 64, "64"),
    BridgeTerm("end", "31 December", 4912, "4 912", "level"),
)


def test_changes_hang_between_the_levels():
    assert spans(TERMS) == (
        Span(0, 4812),
        Span(4436, 4812),
        Span(4436, 4848),
        Span(4848, 4912),
        Span(0, 4912),
    )
    assert 0 < origin(TERMS) < 4436
    small = (BridgeTerm("a", "a", 10, "10", "level"), BridgeTerm("b", "b", -8, "8"))
    assert origin(small) == 0
    assert origin(()) == 0


@given(st.floats(0, 1e9), st.lists(st.floats(-1e6, 1e6), max_size=5))
def test_the_origin_hides_no_change(start, changes):
    terms = [
        BridgeTerm("s", "s", start, "", "level"),
        *(BridgeTerm("c", "c", change, "") for change in changes),
    ]
    begin = origin(terms)
    assert all(begin <= part.low for part in spans(terms)[1:])


async def test_terms_are_written_with_their_signs_and_open(stage):
    app = stage(Bridge(TERMS))
    async with app.run_test(size=(80, 8)) as pilot:
        bridge = app.query_one(Bridge)
        bridge.focus()
        await pilot.press("down", "enter", "j", "j", "enter")
        await pilot.pause()
        lines = [" ".join(line.split("█")[0].split()) for line in app.lines()]
        assert lines[1].startswith("− Lost␛ 376")
        assert lines[2].startswith("+ New [b] 412")
        assert lines[4].startswith("= 31 December 4 912")
        assert "╱╱" in app.lines()[0]
        assert [told.name for told in app.heard(Bridge.TermOpened)] == ["lost", "won_back"]
        bridge.show((TERMS[0], BridgeTerm("lost", "Lost", -0.0, "0"), BridgeTerm("new", "New", 0.0, "0")))
        await pilot.pause()
        assert [line.strip()[:1] for line in app.lines()[1:3]] == ["−", "+"]
        bridge.show(())
        await pilot.press("enter", "down")
        assert "Nothing to show." in app.text()


async def test_a_narrow_bridge_keeps_its_figures(stage):
    app = stage(Bridge(TERMS))
    async with app.run_test(size=(30, 8)) as pilot:
        await pilot.pause()
        assert "4 812" in app.lines()[0]
