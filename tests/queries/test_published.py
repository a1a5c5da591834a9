"""Published and checked values of METRICS.md, from the real files through the real reader."""

import datetime as dt
import os
from pathlib import Path

import pytest

from cockpit.conditions import parse
from cockpit.settings import Settings
from cockpit.shop import Shop
from tests.queries.compare import assert_opens

DATA = os.environ.get("COCKPIT_DATA")
pytestmark = pytest.mark.skipif(
    DATA is None or not Path(DATA).is_dir(), reason="COCKPIT_DATA names no folder with the real files"
)


def opened(file: str, **settings) -> Shop:
    return Shop.open(Path(DATA or "") / file, settings=Settings(**settings))


@pytest.fixture(scope="module")
def retail():
    with opened("online_retail/online_retail.parquet") as shop:
        yield shop


@pytest.fixture(scope="module")
def cdnow():
    with opened("cdnow/cdnow_full.parquet", zero_orders="keep") as shop:
        yield shop


@pytest.fixture(autouse=True)
def everyone(request):
    """Each test starts unfiltered and with the shop's own window and the default period."""
    for name in ("retail", "cdnow"):
        if name in request.fixturenames:
            shop = request.getfixturevalue(name)
            shop.filter([])
            if (shop.settings.window, shop.settings.period_from) != (None, None):
                shop.change(window=None, period_from=None, period_to=None)


def own_period(shop: Shop, window: int, d0: str, d1: str) -> dict:
    """The bridge over (d0, d1]."""
    shop.change(window=window, period_from=dt.date.fromisoformat(d0), period_to=dt.date.fromisoformat(d1))
    (row,) = shop.panel("bridge").frame.to_dicts()
    assert row["period_start"] == dt.date.fromisoformat(d0) + dt.timedelta(days=1)
    return row


def test_online_retail_has_its_known_totals(retail):
    facts = retail.facts
    assert (facts.orders, facts.customers, round(facts.value, 2)) == (18_532, 4_338, 8_911_407.90)
    assert (facts.rows, facts.currency) == (541_909, "GBP")
    assert facts.rows == facts.rows_used + sum(facts.excluded.values())
    shares = retail.sql(
        "select avg((orders > 1)::int) as orders, avg((purchases > 1)::int) as purchases from customers"
    ).frame
    assert [round(share, 3) for share in shares.row(0)] == [0.656, 0.643]
    assert retail.sql("select median(gap_days) from purchases").frame.item() == 28
    assert round(facts.orders / retail.listing("purchases").frame.height, 3) == 1.106


def test_the_lapse_windows_are_found_as_published(retail, cdnow):
    window = retail.facts.window
    assert (window.found_days, window.days, window.why) == (142, 120, "capped")
    window = cdnow.facts.window
    assert (window.found_days, window.days, window.why) == (232, 180, "capped")


def test_the_bridge_of_online_retail(retail):
    row = own_period(retail, 90, "2011-09-10", "2011-12-09")
    wanted = {"customers_start": 1896, "customers_end": 2889, "retained": 1308, "lost": 588,
              "won_back": 613, "new": 968}  # fmt: skip
    assert {name: row[name] for name in wanted} == wanted
    assert round(row["retention_rate"], 4) == 0.6899
    assert retail.kpi("retention_rate").value == row["retention_rate"]
    assert retail.kpi("churn_rate").figures.frame.item(0, "lost") == 588


@pytest.mark.parametrize(
    ("period", "wanted", "rate", "naive"),
    [
        ((180, "1997-12-31", "1998-06-30"),
         {"customers_start": 6343, "customers_end": 5360, "retained": 3417, "lost": 2926, "won_back": 1943,
          "new": 0}, 0.5387, 0.8450),
        ((90, "1997-09-30", "1997-12-31"),
         {"customers_start": 4195, "customers_end": 4176, "retained": 2035, "won_back": 2141, "new": 0},
         0.4851, 0.9955),
    ],
)  # fmt: skip
def test_the_bridge_of_cdnow(cdnow, period, wanted, rate, naive):
    row = own_period(cdnow, *period)
    assert {name: row[name] for name in wanted} == wanted
    assert round(row["retention_rate"], 4) == rate
    assert round((row["customers_end"] - row["new"]) / row["customers_start"], 4) == naive


def test_the_second_order_of_cdnow(cdnow):
    curve = cdnow.sql("from return_curve((select as_of from shop), 1, 1, 'everyone')").frame
    by_day = {
        days: round(curve.filter(curve["days"] <= days)["share_returned"].max(), 4)
        for days in (30, 60, 90, 180, 365)
    }
    assert by_day == {30: 0.1746, 60: 0.2515, 90: 0.2922, 180: 0.3745, 365: 0.4586}
    assert round(cdnow.kpi("repeat_rate_90d").value, 4) == 0.2922
    raw = cdnow.sql("select avg((purchases > 1)::int) from customers").frame.item()
    assert round(raw, 4) == 0.4886


def test_the_frequency_scores_of_cdnow(cdnow):
    scores = cdnow.sql("select f, count(*) as customers from customers group by f order by f").frame
    assert dict(scores.rows()) == {1: 12_054, 2: 4_040, 3: 2_205, 4: 2_427, 5: 2_844}


def test_the_cohorts_of_cdnow(cdnow):
    frame = cdnow.panel("cohorts", calendar="month").frame.sort("cohort_start", "k")
    returned = {
        row["cohort_start"].month: frame.filter(frame["cohort_start"] == row["cohort_start"])["returned"][1:4]
        for row in frame.filter(frame["k"] == 0).to_dicts()
    }
    sizes = frame.filter(frame["k"] == 0)["size"].to_list()
    assert sizes == [7846, 8476, 7248]
    assert {month: list(counts) for month, counts in returned.items()} == {
        1: [1157, 964, 810], 2: [1312, 980, 783], 3: [1032, 752, 756]
    }  # fmt: skip


def test_the_revenue_kept_by_cdnow(cdnow):
    kept = cdnow.sql(
        """
        with by_customer as (
            select sum(value) filter (where day <= date '1997-12-31') as r0,
                   coalesce(sum(value) filter (where day > date '1997-12-31'), 0) as r1
            from purchases
            where day > date '1997-12-31' - 180 and day <= date '1997-12-31' + 180
            group by customer_key
        )
        select sum(r1) / sum(r0) as nrr, sum(least(r0, r1)) / sum(r0) as grr from by_customer where r0 > 0
        """
    ).frame
    assert [round(share, 4) for share in kept.row(0)] == [0.6329, 0.4501]


@pytest.mark.parametrize("conditions", [["country=United Kingdom", "orders>=3"], ["country=Nowhere"]])
def test_every_figure_of_online_retail_opens(retail, conditions):
    retail.filter([parse(text) for text in conditions])
    for name in retail.kpi_names():
        assert_opens(retail, retail.kpi(name).figures)
    for query in retail.queries("panel"):
        assert_opens(retail, retail.panel(query.name), at_most=2)


def test_the_bridge_of_real_shops_closes_every_month(retail, cdnow):
    for shop in (retail, cdnow):
        for grain in ("month", "quarter"):
            frame = shop.panel("bridge", grain=grain).frame.drop_nulls(["lost", "customers_end"])
            closed = frame["customers_start"] - frame["lost"] + frame["new"] + frame["won_back"]
            assert frame.height > 0
            assert closed.to_list() == frame["customers_end"].to_list()
