from datetime import date

import pytest

from cockpit.ui.widgets.timeline import Axis, Event, Timeline, TimelineSpec, axis_of

ORDERS = TimelineSpec(
    (
        Event(date(2025, 6, 1), 800.0, "kr 800"),
        Event(date(2025, 1, 10), 100.0, "kr 100"),
        Event(date(2025, 3, 1), float("nan"), "\x1b[2Jkr ?"),
    ),
    today=date(2025, 12, 31),
    usual_gap=70,
    title="3 orders",
)


async def test_silence_and_gaps_are_written(stage):
    app = stage(Timeline(ORDERS))
    async with app.run_test(size=(120, 10)) as pilot:
        await pilot.pause()
        text = app.text()
        assert "213 days silent" in text and "50 d" in text and "92 d" in text
        assert "╌" in text and text.count("●") == 3
        assert "2025-07" in text
        assert "3 orders" in app.lines()[0]


async def test_the_cursor_walks_in_time_and_opens(stage):
    app = stage(Timeline(ORDERS))
    async with app.run_test(size=(100, 10)) as pilot:
        timeline = app.query_one(Timeline)
        timeline.focus()
        await pilot.pause()
        assert "2025-06-01   kr 800" in app.text()
        await pilot.press("left")
        assert "2025-03-01   ␛[2Jkr ?" in app.text()
        await pilot.press("home", "enter", "end", "right")
        await pilot.click(Timeline, offset=(2, 3), times=2)
        await pilot.pause()
        assert [told.index for told in app.heard(Timeline.EventOpened)] == [0, 0]
        assert "\x1b" not in app.text()


async def test_without_events_a_sentence(stage):
    app = stage(Timeline(TimelineSpec((), date(2025, 1, 1)), empty="No order yet."))
    async with app.run_test(size=(60, 8)) as pilot:
        app.query_one(Timeline).focus()
        await pilot.press("left", "enter", "end")
        assert "No order yet." in app.text()
        app.query_one(Timeline).show(ORDERS)
        await pilot.pause()
        assert app.query_one(Timeline).cursor == 2


@pytest.mark.parametrize("size", [(30, 6), (20, 4), (8, 3)])
async def test_little_room_breaks_nothing(stage, size):
    app = stage(Timeline(ORDERS))
    async with app.run_test(size=size) as pilot:
        app.query_one(Timeline).styles.height = size[1]
        await pilot.press("left")
        assert len(app.lines()) == size[1]


def test_days_lie_in_order_on_the_axis():
    axis = axis_of(ORDERS, 100)
    assert axis.column(date(2025, 1, 10)) == 0
    assert axis.column(date(2025, 12, 31)) == 99
    assert 0 < axis.column(date(2025, 3, 1)) < axis.column(date(2025, 6, 1)) < 99
    same_day = Axis(date(2025, 1, 1), date(2025, 1, 1), 40)
    assert same_day.column(date(2025, 1, 1)) == 0
    years = Axis(date(2010, 2, 1), date(2025, 1, 1), 60).months(7)
    assert {day.month for day in years} == {1}
    assert 3 <= len(years) <= 7


def test_an_order_after_today_is_no_silence():
    spec = TimelineSpec((Event(date(2026, 1, 1)),), today=date(2025, 1, 1))
    assert spec.silence == 0
