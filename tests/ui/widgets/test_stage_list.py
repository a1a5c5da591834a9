from cockpit.ui.widgets.stage_list import StageLine, StageList

STAGES = (
    StageLine("Reading", "done", note="541 909 rows"),
    StageLine("Cleaning", "running", 50, 100, "1.2 M rows/s", "dates are\x1b day.month.year"),
    StageLine("Tables"),
    StageLine("Forecast", "failed", note="too few customers"),
    StageLine("Lists", "cancelled"),
)


async def test_each_stage_shows_where_it_stands(stage):
    app = stage(StageList(STAGES))
    async with app.run_test(size=(100, 8)) as pilot:
        await pilot.pause()
        lines = app.lines()
        assert lines[0].startswith("✓ Reading") and "541 909 rows" in lines[0]
        assert "▸ Cleaning" in lines[1] and lines[1].count("█") == 15 and " 50 %" in lines[1]
        assert "1.2 M rows/s   dates are␛ day.month.year" in lines[1]
        assert lines[2].startswith("· Tables")
        assert "✗ Forecast" in lines[3] and "too few customers" in lines[3]
        assert lines[4].startswith("– Lists")


async def test_a_stage_of_unknown_length_has_no_bar(stage):
    app = stage(StageList())
    async with app.run_test(size=(60, 8)) as pilot:
        stages = app.query_one(StageList)
        stages.show([StageLine("Reading", "running", 10, 0, "3 MB/s")])
        await pilot.pause()
        assert "█" not in app.text() and "3 MB/s" in app.text()
        stages.show([StageLine("Reading", "running", 12, 10), StageLine("Tables")])
        await pilot.pause()
        assert "100 %" in app.text()
        assert stages.size.height == 2


async def test_little_room_breaks_nothing(stage):
    app = stage(StageList(STAGES))
    async with app.run_test(size=(12, 6)) as pilot:
        await pilot.pause()
        assert "Reading"[:3] in app.text()
