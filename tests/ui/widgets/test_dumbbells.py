from cockpit.ui.widgets.dumbbells import OTHER, OWN, Dumbbell, Dumbbells

LINES = (
    Dumbbell("Headlamps", 0.73, 0.67, 0.70, 0.76, "+6.4", "73.4 % of 1,097", tone="bad"),
    Dumbbell("名前 [b]", 0.60, 0.68, 0.55, 0.65, "-7.1", "\x1b[2J", tone="good"),
    Dumbbell("Unclear", 0.66, 0.67, 0.62, 0.69, "-1.0", tone="muted"),
)


async def test_the_ring_lies_outside_the_bracket_where_two_differ(stage):
    app = stage(Dumbbells())
    async with app.run_test(size=(90, 6)) as pilot:
        app.query_one(Dumbbells).show(LINES)
        await pilot.pause()
        lines = app.lines()
        worse, better, unclear = lines[0], lines[1], lines[2]
        assert worse.index(OTHER) < worse.index("├") < worse.index(OWN) < worse.index("┤")
        assert better.index("├") < better.index(OWN) < better.index("┤") < better.index(OTHER)
        assert unclear.index("├") < unclear.index(OTHER) < unclear.index("┤")
        assert "73.4 % of 1,097" in worse
        assert "␛[2J" in better and "名前 [b]" in better


async def test_with_little_room_the_picture_stays_and_what_stands_beside_goes(stage):
    app = stage(Dumbbells())
    async with app.run_test(size=(40, 6)) as pilot:
        app.query_one(Dumbbells).show(LINES)
        await pilot.pause()
        assert OWN in app.lines()[0] and "+6.4" in app.lines()[0]
        assert "1,097" not in app.lines()[0]
        await pilot.resize_terminal(14, 6)
        await pilot.pause()
        assert "+6.4" in app.lines()[0] and OWN not in app.lines()[0]


async def test_equal_figures_are_drawn(stage):
    app = stage(Dumbbells())
    async with app.run_test(size=(60, 3)) as pilot:
        app.query_one(Dumbbells).show([Dumbbell("same", 1.0, 1.0, 1.0, 1.0, "0.0")])
        await pilot.pause()
        assert OWN in app.lines()[0]


async def test_lines_open_by_key_and_mouse_and_say_where_the_cursor_is(stage):
    app = stage(Dumbbells())
    async with app.run_test(size=(60, 3)) as pilot:
        widget = app.query_one(Dumbbells)
        widget.show(LINES)
        widget.focus()
        await pilot.press("down", "enter", "G", "enter")
        await pilot.click(Dumbbells, offset=(3, 0), times=2)
        await pilot.pause()
        assert [told.index for told in app.heard(Dumbbells.LineOpened)] == [1, 2, 0]
        assert [told.index for told in app.heard(Dumbbells.LineMoved)] == [1, 2, 0]


async def test_nothing_is_said(stage):
    app = stage(Dumbbells(empty="No trait to compare."))
    async with app.run_test(size=(60, 4)) as pilot:
        app.query_one(Dumbbells).focus()
        await pilot.press("down", "enter")
        assert "No trait to compare." in app.lines()[0]
        assert app.heard(Dumbbells.LineOpened) == []
