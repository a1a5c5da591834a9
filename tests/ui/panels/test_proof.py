"""The forecast tested on the shop's own past, on the Value panel."""

import pytest

from cockpit import backtest
from cockpit.progress import Step
from cockpit.ui.panels import proof
from cockpit.ui.widgets.chart import Chart
from tests.shops import regulars, shop_from
from tests.ui.whole import text, whole


@pytest.fixture(scope="module")
def tested():
    with shop_from(regulars(), window=90) as shop, pytest.MonkeyPatch.context() as patch:
        patch.setattr(backtest, "HORIZONS", (90,))
        patch.setattr(backtest, "_chances", lambda *_asked: None)
        shop.backtest()
        yield shop


async def test_the_proof_says_which_method_and_draws_what_came(tested):
    async with whole(tested, "4", "greater_than_sign") as session:
        shown = text(session)
        verdict = tested.panel("backtest_verdicts").frame.row(0, named=True)
        assert "Chances of an order in the next 90 days come from" in shown
        assert verdict["why"][:40] in shown
        assert shown.count("in force") == 1
        assert [query.query.name for query in session.app.screen.panel.shown()] == list(proof.QUERIES)
        totals = session.app.screen.query_one("#proof-totals", Chart).spec
        assert totals.series[0].values == tuple(tested.panel("backtest_tracking").frame["purchases"])
        chances = session.app.screen.query_one("#proof-chances", Chart).spec
        assert chances.x == chances.series[1].values == tuple(sorted(chances.x))
        await session.press("less_than_sign")
        assert "Customers by value to date" in text(session)


async def test_before_the_test_is_over_a_sentence_stands_there():
    with shop_from(regulars(), window=90) as shop:
        async with whole(shop, "4", "greater_than_sign") as session:
            panel = session.app.screen.panel
            assert panel.sentence == "The forecast has not been tested yet."
            session.app.tested_so_far = Step("forecast", 4, 10)
            panel.renew()
            await session.settle()
            assert "is being tested" in panel.sentence
            answer = panel.answer
            panel.forecast_tested(None)
            await session.settle()
            assert panel.answer is not answer
            await session.press("less_than_sign")
            assert "next 12 months" in text(session)


async def test_too_small_a_shop_says_so():
    with shop_from(regulars(customers=9), window=90) as shop:
        async with whole(shop, "4", "greater_than_sign") as session:
            assert "Fewer than 30 customers" in session.app.screen.panel.sentence


def test_a_history_that_does_not_predict_is_said_first(tested):
    verdicts = tested.panel("backtest_verdicts")
    verdict = {**verdicts.frame.row(0, named=True), "predicts": False, "band_low": None, "one_of": 3}
    lines = [line.plain for line in proof.verdict_lines(verdicts, verdict, proof.Formatter())]
    assert lines[0] == "History does not predict here."
    assert lines[-2].startswith("Totals have no band")
    assert "One customer in 3" in lines[-1]
