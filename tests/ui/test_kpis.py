"""Figures of the strip as cards."""

from dataclasses import replace

import polars as pl
import pytest

from cockpit.formats import Formatter
from cockpit.settings import load
from cockpit.ui.kpis import BESIDE, STRIP, card
from cockpit.ui.widgets.kpi import KpiCard
from tests.shops import intake_from, open_intake, regulars, shop_from
from tests.ui import stubs
from tests.ui.whole import text, whole

KRONER = Formatter.for_currency("NOK")


@pytest.fixture(scope="module")
def with_goals(tmp_path_factory):
    folder = tmp_path_factory.mktemp("goals")
    (folder / "cockpit.toml").write_text('[goals]\nchurn_rate = "5 %"\nactive_customers = 999\n')
    settings = load({"window": 90}, [folder / "made.csv"])
    with open_intake(intake_from(stubs.orders(), currency="NOK"), window=90, goals=settings.goals) as shop:
        yield shop


def test_the_clv_has_its_interval_and_opens_those_it_is_the_mean_of(shop):
    kpi = shop.kpi("clv_12m")
    shown = card(kpi, KRONER, "quarter")
    assert shown.value == f"{shown.brief} ± {KRONER.number_short(kpi.high - kpi.value)}"
    assert KRONER.number(kpi.n) in shown.note
    assert shop.open_figure(kpi.figures, "value").frame.height == kpi.n


def test_the_card_at_risk_has_the_stake_beside_its_count(shop):
    kpi, stake = (shop.kpi(name) for name in ("at_risk_customers", BESIDE["at_risk_customers"]))
    shown = card(kpi, KRONER, "quarter", stake)
    assert shown.value == KRONER.number(kpi.value)
    assert shown.note == f"{KRONER.money_short(stake.value)} at stake"
    assert "to date" in card(kpi, KRONER, "quarter", replace(stake, value=None)).note


def test_without_a_model_the_reason_stands_in_place_of_the_clv():
    with shop_from(regulars(customers=9), window=90, goals={"clv_12m": 100.0}) as shop:
        shown = card(shop.kpi("clv_12m"), KRONER, "quarter")
    assert shown.value == "–"
    assert shown.note.startswith("Fewer than 30 customers")
    assert (shown.goal, shown.met) == ("", None)


def test_where_history_does_not_predict_the_cards_say_so_and_show_no_number():
    with open_intake(intake_from(stubs.orders()), window=90) as shop:
        verdict(shop, predicts=False, reason="unpredictable")
        risk, stake = (shop.kpi(name) for name in ("at_risk_customers", BESIDE["at_risk_customers"]))
        shown = card(shop.kpi("clv_12m"), KRONER, "quarter")
        assert (shown.value, stake.value) == ("–", None)
        assert shown.note.startswith("History does not predict here")
        note = card(risk, KRONER, "quarter", stake).note
        assert "to date; stake not known: History does not predict here" in note


def test_what_could_not_be_tested_says_so():
    with open_intake(intake_from(stubs.orders()), window=90) as shop:
        assert shop.what_if()["clv_12m"].doubt is None
        verdict(shop, predicts=None, reason="untested")
        assert card(shop.kpi("clv_12m"), KRONER, "quarter").note.endswith(", untested: the past is too short")
        risk, stake = (shop.kpi(name) for name in ("at_risk_customers", BESIDE["at_risk_customers"]))
        assert ", untested" in card(risk, KRONER, "quarter", stake).note


def verdict(shop, *, predicts, reason):
    """Let the test of the forecast over 90 days have come to this."""
    row = (
        shop.sql("select * from backtest_verdicts")
        .frame.clear(1)
        .with_columns(
            horizon_days=pl.lit(90, pl.Int32), predicts=pl.lit(predicts, pl.Boolean), reason=pl.lit(reason)
        )
    )
    with shop._warehouse.writing() as writer:
        writer.load("backtest_verdicts", row)


def test_a_change_whose_interval_holds_nought_is_neither_good_nor_bad(shop):
    kpi = replace(shop.kpi("churn_rate"), value=0.275, previous=0.269, change_is_clear=False)
    shown = card(kpi, KRONER, "quarter")
    assert (shown.delta, shown.direction, shown.better) == ("+0,6", "level", None)
    shown = card(replace(kpi, change_is_clear=True), KRONER, "quarter")
    assert (shown.delta, shown.direction, shown.better) == ("0,6", "up", False)
    shown = card(replace(kpi, previous=0.281), KRONER, "quarter")
    assert (shown.delta, shown.direction) == ("−0,6", "level")


def test_goals_stand_on_their_cards_with_the_verdict(with_goals):
    churn, active = (
        card(with_goals.kpi(name), KRONER, "quarter") for name in ("churn_rate", "active_customers")
    )
    assert (churn.goal, churn.met) == ("goal 5\u00a0%", True)
    assert (active.goal, active.met) == ("goal 999", False)
    assert card(with_goals.kpi("retention_rate"), KRONER, "quarter").goal == ""


async def test_goals_are_on_the_screen_and_a_line_across_the_churn(with_goals):
    async with whole(with_goals, "2", strip=STRIP) as session:
        assert [each.kpi.name for each in session.app.screen.query(KpiCard)] == list(STRIP)
        assert "goal 5 % ✓" in text(session) and "goal 999 ✗" in text(session)
        assert session.app.screen.query_one("#churn-rate").spec.goal == 0.05
        assert session.app.screen.query_one("#churn-crr").spec.goal is None
