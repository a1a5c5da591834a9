"""The forecast as the shop gives it: what is adopted, what a change takes back, and the smallest shops."""

import datetime as dt
import math

import numpy as np
import polars as pl
import pytest

from cockpit.errors import Cancelled
from cockpit.formats import Formatter
from cockpit.progress import Step
from cockpit.report.pages import panel_page
from cockpit.shop import Shop, Ticket
from cockpit.values import write_unit
from tests.shops import Order, intake_from, open_intake, regulars, shop_from

END = dt.date(2025, 12, 31)
CHANCES = ("p_no_order_30d", "p_no_order_90d", "p_no_order_180d")


def kites_return(customers: int = 1200, days: int = 800) -> list[Order]:
    """Half of the first buyers of Kites return about ten weeks later; no one who bought a Spade ever does."""
    random = np.random.default_rng(3)
    orders = []
    for n in range(customers):
        first, kite = int(random.integers(0, days)), n % 2 == 0
        category = "Kites" if kite else "Spades"
        bought = [first]
        if kite and random.random() < 0.5:
            bought.append(first + round(random.normal(70, 8)))
        ago = [days - day for day in bought if day <= days]
        orders += [Order(f"c{n:04d}", END - dt.timedelta(days=day), 40.0, category=category) for day in ago]
    return orders


@pytest.fixture(scope="module")
def kites():
    with open_intake(intake_from(kites_return(), currency="NOK"), window=180) as shop:
        shop.backtest()
        yield shop


def verdict(shop: Shop, horizon: int = 90) -> dict[str, object]:
    frame = shop.panel("backtest_verdicts").frame
    return frame.filter(pl.col("horizon_days") == horizon).row(0, named=True)


def test_one_time_buyers_are_judged_by_their_look_alikes_where_these_know_better(kites):
    assert verdict(kites)["method"] == "look_alikes"
    chances = kites.sql(
        """
        select first_category, avg(1 - p_no_order_90d) as back
        from customers
        where purchases = 1 and days_since_last between 5 and 60
        group by first_category
        """
    ).frame
    back = dict(chances.rows())
    assert back["Kites"] == pytest.approx(0.5, abs=0.1)
    assert back["Spades"] < 0.04


def test_the_sentence_on_the_list_is_true_of_the_numbers_behind_it(kites):
    listed = kites.listing("at_risk").frame.filter(pl.col("purchases") == 1)
    counted = kites.sql(
        """
        with firsts as (
            select
                customer_key,
                first_category,
                coalesce(min(day) filter (where nth = 2), (select as_of from shop)) - min(day) as gap,
                count(*) > 1                                                                  as returned
            from purchases
            join customers using (customer_key)
            group by customer_key, first_category
        )
        select
            me.customer_key,
            me.first_category,
            count(*) filter (where other.gap > me.gap)                      as silent,
            count(*) filter (where other.gap > me.gap and other.returned)   as back
        from firsts as me
        join firsts as other using (first_category)
        where not me.returned
        group by all
        """
    ).frame
    told = listed.join(counted, on="customer_key").filter(pl.col("alike_value").is_not_null())
    assert told.height > 20
    for row in told.iter_rows(named=True):
        share = round(100 * (1 - row["p_no_order_90d"]))
        assert f"Ordered once, {row['days_since_last']} days ago" in row["reason"]
        assert f"Of {row['silent']} first-time buyers of {row['first_category']} silent" in row["reason"]
        assert f"{row['back']} came back; about {share} of 100" in row["reason"]


def test_figures_in_sentences_are_written_as_the_shop_writes_them(kites):
    row = verdict(kites)
    norwegian = Formatter.for_currency("NOK")
    for name, title in (("auc", "AUC"), ("brier", "Brier")):
        figure = write_unit(norwegian, "number", row[name])
        assert figure.startswith("0,")
        assert f"{title} {figure}" in row["why"]
    assert row["why"][:20] in panel_page(kites, "backtest_verdicts")


def test_what_was_adopted_does_not_outlive_the_orders_it_was_made_from(kites):
    assert not kites.panel("backtest_verdicts").frame.is_empty()
    assert kites.sql("select count(*) from chosen_chances").frame.item() > 0
    kites.change(as_of=END - dt.timedelta(days=790))
    try:
        assert kites.panel("forecast").frame.item(0, "why_null") is not None
        columns = ", ".join(f"count({name})" for name in (*CHANCES, "clv_12m", "value_at_stake"))
        assert set(kites.sql(f"select {columns} from customers").frame.row(0)) == {0}
        assert kites.sql("select count(*) from chosen_chances").frame.item() == 0
        for name in ("backtest_verdicts", "backtest", "backtest_calibration", "backtest_tracking"):
            assert kites.panel(name).frame.is_empty(), name
        assert kites.backtest() is None
    finally:
        kites.change(as_of=None)
    assert kites.panel("backtest_verdicts").frame.is_empty()


def test_a_window_needs_no_new_fit_and_reaches_whatever_depends_on_it():
    orders = regulars()
    with shop_from(orders, window=90) as changed, shop_from(orders, window=45) as fresh:
        changed.backtest()
        fresh.backtest()
        models = changed.panel("forecast").frame
        tested = changed.panel("backtest").frame
        changed.change(window=45)
        assert changed.panel("forecast").frame.equals(models)
        assert changed.panel("backtest").frame.equals(tested)
        for name in ("clv_12m", "value_at_stake", "at_risk_customers"):
            assert changed.kpi(name).figures.frame.equals(fresh.kpi(name).figures.frame), name
        for name in ("at_risk", "lapsed", "customers"):
            assert changed.listing(name).frame.equals(fresh.listing(name).frame), name


def test_predicted_value_by_attribute_adds_up_and_opens():
    with shop_from(regulars(), window=90) as shop:
        figures = shop.panel("segments", by="country")
        scores = shop.sql("select country, clv_12m from customers").frame
        for row, found in enumerate(figures.frame.iter_rows(named=True)):
            mine = scores.filter(pl.col("country") == found["bucket"])["clv_12m"]
            half = 1.96 * mine.std() / len(mine) ** 0.5
            ends = (found["predicted"], found["predicted_low"], found["predicted_high"])
            assert ends == pytest.approx((mine.mean(), mine.mean() - half, mine.mean() + half))
            behind = shop.open_figure(figures, "equity", row).frame
            assert behind["clv_12m"].sum() == pytest.approx(found["equity"])
            assert shop.open_figure(figures, "predicted", row).frame.height == found["customers"]
        bands = shop.panel("predicted_bands")
        assert bands.frame["customers"].sum() == 40
        assert bands.frame["value"].sum() == pytest.approx(scores["clv_12m"].sum())
        for row, found in enumerate(bands.frame.iter_rows(named=True)):
            behind = shop.open_figure(bands, "value", row).frame
            assert behind["clv_12m"].sum() == pytest.approx(found["value"])
            assert behind["clv_12m"].is_between(found["from_value"], found["to_value"]).all()


def on_days(*histories: list[int]) -> list[Order]:
    """One customer a list of days before the end."""
    return [
        Order(f"c{n:03d}", END - dt.timedelta(days=day), 20.0 + n, category="Garden")
        for n, days in enumerate(histories)
        for day in days
    ]


SHOPS = {
    "one customer": on_days([400, 300, 20]),
    "one order": on_days([0]),
    "all on the last day": on_days(*[[0]] * 40),
    "all one-timers": on_days(*[[day] for day in range(0, 900, 5)]),
    "daily buyers": on_days(*[list(range(n, 500)) for n in range(35)]),
    "a whale of 900 orders": on_days(list(range(0, 900)), *[[day, day // 2] for day in range(20, 900, 20)]),
    "thirty customers": on_days(*[[day, day // 3] for day in range(20, 620, 20)]),
    "nine customers": regulars(customers=9),
}


WHY_NO_MODEL = {
    "one customer": "few_customers",
    "one order": "few_customers",
    "all on the last day": "no_repeats",
    "all one-timers": "no_repeats",
    "nine customers": "few_customers",
}
"""The others carry one."""


@pytest.mark.parametrize("name", SHOPS)
def test_no_shop_is_too_odd_for_a_figure_or_a_plain_reason(name):
    with shop_from(SHOPS[name]) as shop:
        found = shop.backtest()
        why = shop.panel("forecast").frame.item(0, "why_null")
        assert why == WHY_NO_MODEL.get(name)
        assert (found is None) == (why is not None)
        answers = {query.name: shop.panel(query.name) for query in shop.queries("panel")}
        frames = [*(each.frame for each in answers.values())]
        frames += [shop.listing(each).frame for each in ("customers", "at_risk", "lapsed")]
        frames += [shop.kpi(each).figures.frame for each in shop.kpi_names()]
        for frame in frames:
            for column in frame.select(pl.selectors.float()).iter_columns():
                assert all(map(math.isfinite, column.drop_nulls())), column.name
        scores = shop.sql("from customers").frame
        if why is not None:
            assert scores["clv_12m"].null_count() == scores["p_no_order_90d"].null_count() == scores.height
            assert shop.kpi("clv_12m").value is None
            assert shop.kpi("clv_12m").why_null
            assert why in answers["forecast"].query.columns["why_null"].sentences
        else:
            for chance in (*CHANCES, "p_alive"):
                assert scores[chance].is_between(0, 1).all()
            assert (scores["expected_purchases_12m"] >= 0).all()


def test_a_backtest_that_is_stopped_leaves_nothing_behind():
    def stop(step: Step) -> None:
        if step.done == 5:
            raise Cancelled

    with shop_from(regulars(), window=90) as shop:
        generation = shop.generation
        with pytest.raises(Cancelled):
            shop.backtest(stop)
        ticket = Ticket()
        ticket.cancel()
        with pytest.raises(Cancelled):
            shop.backtest(ticket=ticket)
        assert shop.panel("backtest_verdicts").frame.is_empty()
        assert shop.generation == generation


def test_where_history_does_not_predict_the_list_gives_no_chances():
    with shop_from(regulars(), window=540) as shop:
        assert shop.listing("at_risk").frame["reason"].str.contains("such customers").any()
        shop.backtest()
        with shop._warehouse.writing() as writer:
            writer.run("update backtest_verdicts set predicts = false")
        listed = shop.listing("at_risk").frame
        assert listed.height
        assert listed["reason"].str.contains("History does not predict here").all()
        assert not listed["reason"].str.contains("such customers").any()
