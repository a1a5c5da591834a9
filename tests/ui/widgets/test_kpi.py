import pytest

from cockpit.ui.widgets.cells import width_of
from cockpit.ui.widgets.kpi import SHORTEST, Kpi, KpiCard, KpiStrip, label_rooms
from cockpit.ui.widgets.spark import spark

KPIS = (
    Kpi("active", "Active", "4 912", spark=spark([1, 2, 3, 4]), note="+3 %/yr"),
    Kpi("churn", "Churn, Q4", "7.8 %", "0.6", "up", False, goal="goal 5 %", met=False, short="Churn"),
    Kpi("crr", "Retention (CRR)", "92.2 %", "0.6", "down", False, goal="goal 95 %", met=False, short="CRR"),
    Kpi("repeat", "90-day repeat", "24.1 %", goal="goal 24 %", met=True, short="Repeat"),
    Kpi(
        "clv",
        "CLV, 12 months",
        "kr 1 310 ± 90",
        "",
        "level",
        note="backtest −2 %",
        short="CLV",
        brief="kr 1 310",
    ),
    Kpi("risk", "At risk", "kr 412 k", note="631 customers"),
)


async def test_six_cards_from_114_columns(stage):
    app = stage(KpiStrip(KPIS))
    async with app.run_test(size=(114, 8)) as pilot:
        await pilot.pause()
        top, first, second = app.lines()[:3]
        for label in ("Active", "Churn, Q4", "90-day repeat", "At risk"):
            assert label in top
        assert "7.8 %  ▲ 0.6" in first and "92.2 %  ▼ 0.6" in first
        assert "goal 5 % ✗" in second and "goal 24 % ✓" in second and "▁▃▆█ +3 %/yr" in second


@pytest.mark.parametrize("width", [113, 100, 80, 60])
async def test_one_line_below(stage, width):
    app = stage(KpiStrip(KPIS))
    async with app.run_test(size=(width, 8)) as pilot:
        await pilot.pause()
        line = app.lines()[0]
        assert "Churn 7.8 % ▲" in line and "CRR 92.2 % ▼" in line
        assert app.lines()[1].strip() == ""
        app.query(KpiCard).last().focus()
        await pilot.pause()
        assert "kr 412 k" in app.lines()[0]


async def test_the_strip_follows_the_size_of_the_screen(stage):
    app = stage(KpiStrip(KPIS))
    async with app.run_test(size=(120, 8)) as pilot:
        await pilot.resize_terminal(80, 8)
        await pilot.pause()
        assert app.query_one(KpiStrip).size.height == 1
        await pilot.resize_terminal(120, 8)
        await pilot.pause()
        assert app.query_one(KpiStrip).size.height == 4


async def test_each_card_is_focused_and_opened_by_key_and_mouse(stage):
    app = stage(KpiStrip(KPIS))
    async with app.run_test(size=(120, 8)) as pilot:
        app.query(KpiCard).first().focus()
        await pilot.press("right", "enter", "h", "left", "enter")
        await pilot.click(app.query(KpiCard)[3])
        await pilot.pause()
        assert [told.name for told in app.heard(KpiCard.KpiOpened)] == ["churn", "risk", "repeat"]


async def test_other_figures_take_the_place_of_these(stage):
    app = stage(KpiStrip(KPIS[:2]))
    async with app.run_test(size=(120, 8)) as pilot:
        strip = app.query_one(KpiStrip)
        strip.show(KPIS[2:5])
        await pilot.pause()
        assert [card.kpi.name for card in app.query(KpiCard)] == ["crr", "repeat", "clv"]
        strip.show(KPIS[:1])
        await pilot.pause()
        assert [card.kpi.name for card in app.query(KpiCard)] == ["active"]


async def test_text_of_a_card_is_never_markup(stage):
    hostile = Kpi(
        "x", "[b]\x1bL", "\x1b[2J[/]", "\x07", "up", True, goal="[red]", met=True, note="\x9b[@click=x]"
    )
    for width in (120, 60):
        app = stage(KpiStrip((hostile,)))
        async with app.run_test(size=(width, 8)) as pilot:
            await pilot.pause()
            assert not any(char in app.text() for char in "\x1b\x07\x9b")
            assert "[b]␛L" in app.text() and "␛[2J[/]" in app.text()


def test_labels_shrink_together_but_not_to_nothing():
    assert label_rooms(KPIS, 200) == [6, 5, 3, 6, 3, 7]
    assert max(label_rooms(KPIS, 40)) == SHORTEST
    assert label_rooms((), 80) == []
    assert sum(label_rooms(KPIS, 93)) + sum(width_of(kpi.brief or kpi.value) for kpi in KPIS) < 93
