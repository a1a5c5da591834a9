import json

import pytest

from cockpit.report import answer_document, check_document, dumps, panel_document, report_document
from cockpit.report.strip import NAMES
from tests.shops import Order, intake_from, open_intake, regulars, shop_from

KPI = {"value", "low", "high", "n", "previous", "goal", "why_null"}
BRIDGE = [
    "period_start", "period_end", "customers_start", "lost", "won_back", "new", "new_gone", "back_gone",
    "retained", "customers_end", "churn_rate", "retention_rate",
]  # fmt: skip


@pytest.fixture(scope="module")
def shop():
    extra = [Order(None, "2025-03-03"), Order("x", "2025-04-04", status="cancelled")]
    intake = intake_from(
        [*regulars(), *extra], excluded=[("blank", "")], assumptions=("So.",), warnings=("Look.",)
    )
    with open_intake(intake, window=90, filters=("country in NO,SE",)) as shop:
        yield shop


def test_check_is_the_documented_document(shop):
    document = check_document(shop)
    facts = shop.facts
    assert document == {
        "files": ["made.csv"],
        "dialect": "generic",
        "rows": facts.orders + 3,
        "orders": facts.orders + 2,
        "eligible_orders": facts.orders,
        "customers": 40,
        "first_order": facts.first_day.isoformat(),
        "last_order": facts.last_day.isoformat(),
        "as_of": facts.as_of.isoformat(),
        "currency": "EUR",
        "value": round(facts.value, 2),
        "excluded": {"anonymous": 1, "cancelled": 1, "blank": 1},
        "findings": {
            "anonymous": {
                "orders": 1,
                "value": 100.0,
                "share_of_orders": pytest.approx(1 / (facts.orders + 1), abs=1e-4),
                "share_of_value": pytest.approx(100 / (facts.value + 100), abs=1e-4),
            }
        },
        "assumptions": ["So."],
        "warnings": ["Look.", facts.log_start],
    }
    assert document["rows"] == facts.rows_used + sum(document["excluded"].values())


def test_report_is_the_documented_document(shop):
    document = report_document(shop)
    assert list(document) == ["as_of", "window_days", "period", "filters", "kpis", "forecast"]
    assert document["window_days"] == 90
    assert document["period"] == "quarter"
    assert document["filters"] == ["country in NO,SE"]
    assert set(document["kpis"]) >= set(NAMES)
    for kpi in document["kpis"].values():
        assert kpi.keys() == KPI
        assert (kpi["value"] is None) == (kpi["why_null"] is not None)
    forecast = document["forecast"]
    assert forecast.keys() == {"method", "parameters", "customers", "backtest", "why_null"}
    assert (forecast["method"], forecast["customers"], forecast["why_null"]) == ("MBG/NBD", 40, None)
    assert all(value > 0 for value in forecast["parameters"].values())


def test_the_documented_names_are_those_there_are(shop):
    assert set(shop.kpi_names()) == set(NAMES)


def test_a_shop_too_small_for_a_forecast_says_so():
    with shop_from([("ann", "2024-01-01", 10.0), ("ann", "2025-12-01", 10.0)]) as shop:
        document = report_document(shop)
    assert document["forecast"]["method"] is None
    assert document["forecast"]["parameters"] is None
    assert document["forecast"]["why_null"].startswith("Fewer than 30 customers")
    assert document["kpis"]["clv_12m"]["why_null"]


def test_the_report_counts_what_the_shop_counts(shop):
    kpis = report_document(shop)["kpis"]
    assert kpis["customers"]["value"] == shop.listing("customers").frame.height
    assert kpis["at_risk_customers"]["value"] == shop.listing("at_risk").frame.height
    churn = kpis["churn_rate"]
    assert churn["low"] <= churn["value"] <= churn["high"]
    assert churn["value"] + kpis["retention_rate"]["value"] == pytest.approx(1, abs=1e-6)


def test_the_bridge_has_the_documented_columns_and_closes(shop):
    document = panel_document(shop, "bridge")
    assert list(document) == ["title", "columns", "rows"]
    names = [column["name"] for column in document["columns"]]
    assert [name for name in names if name in BRIDGE] == BRIDGE
    closed = 0
    for row in document["rows"]:
        if row["churn_rate"] is not None:
            assert row["customers_end"] == row["customers_start"] - row["lost"] + row["new"] + row["won_back"]
            closed += 1
    assert closed > 2


def test_an_own_period_is_named_by_its_days():
    with shop_from(
        regulars(), window=90, period_from=_day("2025-03-31"), period_to=_day("2025-06-30")
    ) as shop:
        assert report_document(shop)["period"] == "2025-03-31/2025-06-30"
        rows = panel_document(shop, "bridge")["rows"]
        assert [(row["period_start"], row["period_end"]) for row in rows] == [("2025-04-01", "2025-06-30")]


def test_every_panel_is_json_without_nan(shop):
    for query in shop.queries("panel"):
        document = json.loads(dumps(panel_document(shop, query.name)), parse_constant=_refuse)
        hidden = {column.name for column in query.columns.values() if column.hidden}
        assert hidden.isdisjoint(column["name"] for column in document["columns"])


def test_nan_and_infinity_of_a_statement_are_not_known(shop):
    answer = answer_document(shop.sql("select 'nan'::double as a, ['inf'::double, 1] as b, 0.1 + 0.2 as c"))
    assert json.loads(dumps(answer), parse_constant=_refuse)["rows"] == [
        {"a": None, "b": [None, 1], "c": 0.3}
    ]


def test_without_money_the_figures_say_why():
    with shop_from([(customer, day, None) for customer, day, _ in _plain()], window=90) as shop:
        document = report_document(shop)["kpis"]
        assert check_document(shop)["value"] is None
        for name in ("historic_clv", "average_order_value", "returning_revenue_share"):
            assert document[name]["value"] is None
            assert document[name]["why_null"]


def _plain():
    return [(order.customer, order.day, order.value) for order in regulars()]


def _day(text):
    import datetime

    return datetime.date.fromisoformat(text)


def _refuse(constant):
    raise AssertionError(f"{constant} is no JSON")
