"""What goes with leaving: against a slow reference, published examples, and a shop whose truth is known."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.conditions import parse
from sample_data import truth
from tests.queries.compare import assert_opens
from tests.queries.random_shops import FILTERS, Case, examples
from tests.reference.drivers import drivers, leavers, traits
from tests.shops import Order, shop_from

SAMPLE = Path(__file__).parents[2] / "sample_data"
OUTCOMES = {"drivers": "no_second", "drivers_lapsed": "lapsed"}


@st.composite
def larger_cases(draw: st.DrawFn) -> Case:
    """Shops in which some traits are shared by 30, with orders of every kind of misfortune."""
    return Case(
        seed=draw(st.integers(0, 10_000)),
        customers=draw(st.sampled_from((90, 150))),
        orders=draw(st.sampled_from((180, 260))),
        days=draw(st.sampled_from((400, 200, 85))),
        money=draw(st.sampled_from((True, True, False))),
        window=draw(st.sampled_from((None, 30, 90))),
        filter=draw(st.sampled_from((None, None, "country!=NO", "value<100"))),
    )


def about(found, wanted) -> bool:
    """Equal; numbers to a ten-millionth, as far as the fit of the p-value is right."""
    if isinstance(found, float) and isinstance(wanted, int | float):
        return found == pytest.approx(wanted, rel=3e-7, abs=1e-9)
    return found == wanted


@given(case=larger_cases())
@examples(3)
def test_drivers_are_what_the_orders_say(case: Case):
    with case.opened() as shop:
        reference = case.beside(shop)
        for panel, outcome in OUTCOMES.items():
            figures = shop.panel(panel)
            wanted = drivers(reference, outcome)
            rows = figures.frame.to_dicts()
            assert [(row["attribute"], row["trait"]) for row in rows] == [
                (row["attribute"], row["trait"]) for row in wanted
            ]
            for found, row in zip(rows, wanted, strict=True):
                differing = {
                    name: (found[name], value)
                    for name, value in {**row, "outcome": outcome}.items()
                    if not about(found[name], value)
                }
                assert found.keys() == {*row, "outcome"} and not differing
            assert_opens(shop, figures, at_most=2)


@given(case=larger_cases())
@examples(2)
def test_who_is_judged_left_by_the_book(case: Case):
    with case.opened() as shop:
        reference, window = case.beside(shop), shop.facts.window.days
        key = dict(shop.sql("select customer_id, customer_key from customer_keys").frame.rows())
        for outcome in OUTCOMES.values():
            found = dict(shop.sql(f"from leavers('{outcome}', {window or 'null'})").frame.rows())
            assert found == {key[who]: gone for who, gone in leavers(reference, outcome).items()}
        rows = set(shop.sql("from traits").frame.rows())
        assert rows == {(key[who], *trait) for who, known in traits(reference).items() for trait in known}


def test_the_filters_of_the_cases_exist():
    assert {"country!=NO", "value<100"} <= FILTERS.keys()


# -- Newcombe (1998), Statistics in Medicine 17, 873–890, table II: method 10 ---------------------------


@pytest.fixture(scope="module")
def any_shop():
    with shop_from([("ann", "2025-01-01", 5.0)]) as shop:
        yield shop


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((0, 10, 0, 10), -0.2775, 0.2775),
        ((10, 10, 0, 20), 0.6791, 1.0000),
        ((10, 10, 0, 10), 0.6075, 1.0000),
    ],
)
def test_the_interval_of_a_difference_is_newcombes(any_shop, counts, low, high):
    statement = f"select unnest(newcombe({', '.join(map(str, counts))}))"
    assert any_shop.sql(statement).frame.row(0) == pytest.approx((low, high), abs=6e-5)


def test_the_interval_of_a_ratio_is_that_of_the_physicians_health_study(any_shop):
    # Heart attacks under placebo and under aspirin: Agresti, Categorical Data Analysis, 1.43 to 2.30 out of
    # logarithms rounded to three digits.
    found = any_shop.sql("select unnest(risk_ratio(189, 11034, 104, 11037))").frame.row(0)
    assert found == pytest.approx((1.43, 2.30), abs=0.01)
    assert any_shop.sql("select unnest(risk_ratio(0, 10, 3, 10))").frame.row(0) == (None, None)


@pytest.mark.parametrize(
    ("z", "p"),
    [(0, 1), (0.6744898, 0.5), (1.959964, 0.05), (-2.575829, 0.01), (3.290527, 0.001), (6, 1.973175e-9)],
)
def test_the_chance_of_a_score_is_in_the_tables(any_shop, z, p):
    assert any_shop.sql(f"select two_sided_p({z})").frame.item() == pytest.approx(p, rel=2e-6)


def test_many_comparisons_are_those_of_benjamini_and_hochberg(any_shop):
    # Their example of 1995 (15 hypotheses, four of them discoveries at 5 %), adjusted as R's p.adjust does.
    chances = (0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
               0.5719, 0.6528, 0.7590, 1.0)  # fmt: skip
    wanted = (0.0015, 0.0030, 0.0095, 0.035625, 0.0603, 0.0638571, 0.0638571, 0.0645, 0.0765, 0.486,
              0.5811818, 0.714875, 0.7532308, 0.8132143, 1.0)  # fmt: skip
    values = ", ".join(f"({p})" for p in reversed(chances))
    found = any_shop.sql(
        "select p, benjamini_hochberg(p, place, 15) as q"
        f" from (select p, row_number() over (order by p) as place from (values {values}) as given(p))"
        " order by p"
    )
    assert found.frame["q"].to_list() == pytest.approx(list(wanted), abs=1e-6)
    assert sum(q <= 0.05 for q in found.frame["q"]) == 4


# -- who belongs to it ------------------------------------------------------------------------------------


def test_those_whose_only_order_was_given_back_belong_to_it():
    kept = [Order(f"k{n}", "2025-01-01") for n in range(40)] + [
        Order(f"k{n}", "2025-02-01") for n in range(30)
    ]
    given_back = [Order(f"g{n}", "2025-01-01", status="refunded") for n in range(20)]
    cancelled = [Order(f"c{n}", "2025-01-01", status="cancelled") for n in range(15)]
    again = [Order("c0", "2025-01-20"), Order("k0", "2025-12-01")]
    with shop_from([*kept, *given_back, *cancelled, *again], window=60) as shop:
        figures = shop.panel("drivers")
        rows = {row["trait"]: row for row in figures.frame.to_dicts()}
        group = rows["refunded or cancelled"]
        assert (group["people"], group["left_us"], group["rest"], group["rest_left"]) == (35, 34, 40, 10)
        assert group["verdict"] == "leave"
        row = figures.frame["trait"].to_list().index("refunded or cancelled")
        people = shop.open_figure(figures, "left_us", row).frame
        assert set(people["status"]) == {"none"}
        assert set(people["purchases"]) == {0}
        shop.filter([parse("purchases>=2")])
        assert "refunded or cancelled" not in shop.panel("drivers").frame["trait"].to_list()


def test_a_cancelled_order_that_was_placed_anew_the_same_day_was_kept():
    orders = [
        Order("ann", "2025-01-01", hour=9, status="cancelled", country="NO"),
        Order("ann", "2025-01-01", hour=10, country="SE"),
    ]
    with shop_from(orders) as shop:
        found = shop.sql("select first_order, first_country from arrivals").frame.row(0)
        assert found == ("kept", "SE")


def test_an_attribute_of_a_later_order_is_none_of_the_first():
    with shop_from([Order("ann", "2025-01-01", country="NO"), Order("ann", "2025-06-01", country="SE")]) as s:
        assert s.sql("select country from customers").frame.item() == "SE"
        assert s.sql("select trait from traits where attribute = 'first_country'").frame.item() == "NO"


def test_too_few_customers_are_not_compared():
    with shop_from([(f"c{n}", "2025-01-01", 5.0) for n in range(59)] + [("z", "2025-12-31", 5.0)]) as shop:
        assert shop.panel("drivers").frame.is_empty()


def test_where_everybody_left_there_are_too_few_to_tell():
    orders = [Order(f"c{n}", "2025-01-01", country="NO" if n < 40 else "SE") for n in range(80)]
    with shop_from([*orders, Order("z", "2025-12-31")]) as shop:
        rows = shop.panel("drivers").frame.filter(attribute="first_country")
        assert set(rows["verdict"]) == {"too_few"}
        assert set(rows["q"]) == {None}


# -- the truth ----------------------------------------------------------------------------------------------


def test_the_stories_of_the_sample_shop_come_out_on_top(sample_shop):
    stories = json.loads((SAMPLE / "truth.json").read_text("utf-8"))["stories"]
    line, category = stories["quality"]["product_line"], stories["quality"]["category"]
    planted = {category, stories["black_friday"]["code"], f"{truth.BLACK_FRIDAY.start:%Y-%m}", "late"}
    for panel in OUTCOMES:
        frame = sample_shop.panel(panel).frame
        clear = frame.filter(verdict="leave")
        assert category in clear["trait"].head(2).to_list()
        sold = clear.filter(clear["attribute"].is_in(["first_category", "first_product"]))["trait"]
        assert sold.len() > 1
        assert all(trait == category or trait.startswith(line) for trait in sold)
        others = set(clear["trait"]) - set(sold) - {"refunded or cancelled"}
        assert others <= planted
        assert frame.filter(verdict="stay", trait=stories["loyalty"]["tag"]).height == 1
    assert sample_shop.panel("drivers_lapsed").frame["trait"][0] == category


def test_the_groups_of_the_sample_shop_open(sample_shop):
    for panel in OUTCOMES:
        assert assert_opens(sample_shop, sample_shop.panel(panel), at_most=2) == 2 * 9
