import pytest

from cockpit.formats import Formatter, cell_width
from cockpit.report import panel_page, report_page
from cockpit.report.layout import bullets, table
from cockpit.ui.panels.definitions import window_sentences
from tests.shops import Order, regulars, shop_from


def test_columns_line_up_by_cells():
    lines = table(("who", "n"), [("北京の客", "1"), ("ann", "12")], numbers={1})
    assert lines == ["who        n", "北京の客   1", "ann       12"]
    assert len({cell_width(line) for line in lines}) == 1


def test_a_wide_cell_is_cut():
    (_heading, line) = table(("who",), [("x" * 200,)], widest=10)
    assert line == "x" * 9 + "…"


def test_bullets_are_indented():
    first, second = bullets(["word " * 30])
    assert first.startswith("· word")
    assert second.startswith("  word")


def test_the_page_says_the_shop_its_figures_and_what_they_rest_on(regular_shop):
    page = report_page(regular_shop)
    kpi = regular_shop.kpi("churn_rate")
    bridge = regular_shop.panel("bridge").frame
    assert page.startswith("made.csv\n")
    assert "Lapse window 90\u00a0days: as you chose." in page
    assert f"{kpi.value:.1%}".replace(".", ",").replace("%", "\u00a0%") in page
    assert "Not used: 0 of" in page
    assert "new and gone" not in page
    assert page.count(" Q") == min(6, bridge.height)


def test_under_a_short_window_the_bridge_shows_who_came_and_went():
    orders = [*regulars(customers=20), Order("guest", "2024-04-03")]
    with shop_from(orders, window=30, period="year") as shop:
        page = report_page(shop)
    assert "new and gone" in page


@pytest.mark.parametrize(
    ("orders", "said"),
    [
        ([("ann", "2025-01-01", 10.0), ("ann", "2025-02-01", 10.0)], "No lapse window, and no churn"),
        ([("ann", "2024-01-01", 10.0), ("ann", "2025-12-01", 10.0)], "since only 1 gap between"),
    ],
)
def test_a_young_shop_reads_what_is_missing(orders, said):
    with shop_from(orders) as shop:
        page = report_page(shop)
    assert said in " ".join(page.split())
    assert "nan" not in page.lower().split()
    assert "None" not in page


def test_goals_are_met_or_missed_and_say_how_far_the_way_is(regular_shop):
    goals = {"churn_rate": 0.5, "active_customers": 1000.0, "net_revenue_retention": 9.0}
    with shop_from(regulars(), window=90, goals=goals) as shop:
        page = report_page(shop)
        progress = shop.kpi("active_customers").progress
    _before, _heading, after = page.partition("\nGoals\n")
    lines = {line.split("  ")[0]: line for line in after.splitlines()}
    assert lines["Churn"].endswith("met")
    assert "missed" in lines["Active"]
    assert ("of the way from" if progress >= 0 else "farther off") in lines["Active"]
    assert "Goals" not in report_page(regular_shop)


def test_every_panel_has_a_page(regular_shop):
    for query in regular_shop.queries("panel"):
        page = panel_page(regular_shop, query.name)
        assert page.startswith(query.title)
        assert "None" not in page


def test_a_window_that_few_gaps_and_a_short_history_leave_claims_nothing_about_nine_of_ten():
    purchases = [("ann", "2024-01-01", 5.0), ("ann", "2024-03-01", 6.0), ("bob", "2024-08-01", 6.0)]
    with shop_from(purchases) as shop:
        page = " ".join(report_page(shop).split())
        told = window_sentences(shop.facts.window, Formatter())
    assert "a third of the history, since only 1 gap between purchases is seen yet." in page
    assert "1 gap between purchases was seen." in told
    assert not any("–" in sentence for sentence in told)
