import math

from cockpit.ui.widgets.ranked_bars import RankedBar, RankedBars

BARS = (
    RankedBar("Garden", 20.0, "20 %", "40", low=15.0, high=25.0, tone="bad"),
    RankedBar("名前 [b]", 10.0, "10 %", "\x1b[2J"),
    RankedBar("Loss", -5.0, "−5 %", low=-6.0, high=-4.0),
    RankedBar("Not known", None, "–"),
    RankedBar("Odd", math.inf, "∞"),
)


async def test_bars_are_as_long_as_their_values(stage):
    app = stage(RankedBars((BARS[1], RankedBar("Half", 5.0, "5 %"))))
    async with app.run_test(size=(80, 8)) as pilot:
        await pilot.pause()
        whole, half = app.lines()[0].count("█"), app.lines()[1].count("█")
        assert abs(whole / 2 - half) <= 1
        assert "␛[2J" in app.lines()[0] and "名前 [b]" in app.lines()[0]


async def test_intervals_and_reference_are_drawn(stage):
    app = stage(RankedBars(BARS, reference=12.0))
    async with app.run_test(size=(80, 8)) as pilot:
        await pilot.pause()
        lines = app.lines()
        assert "├" in lines[0] and "┤" in lines[0]
        assert all("╎" in line for line in lines[:5])
        assert "–" in lines[3]


async def test_lines_open_by_key_and_mouse(stage):
    app = stage(RankedBars(BARS))
    async with app.run_test(size=(60, 3)) as pilot:
        bars = app.query_one(RankedBars)
        bars.focus()
        await pilot.press("down", "enter", "G", "enter", "g", "k", "enter")
        await pilot.click(RankedBars, offset=(3, 1), times=2)
        await pilot.pause()
        assert [told.index for told in app.heard(RankedBars.BarOpened)] == [1, 4, 0, 1]
        bars.show(BARS[:1], keep_place=True)
        assert bars.cursor == 0


async def test_nothing_is_said(stage):
    app = stage(RankedBars(empty="No group differs clearly."))
    async with app.run_test(size=(60, 4)) as pilot:
        app.query_one(RankedBars).focus()
        await pilot.press("down", "enter")
        assert "No group differs clearly." in app.text()
        app.query_one(RankedBars).show([RankedBar("a", 0.0, "0")])
        await pilot.pause()
        assert app.lines()[0].startswith("a")
