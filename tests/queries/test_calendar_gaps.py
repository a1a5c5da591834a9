"""A missing month and a day with far too many orders are found, told, and open to their orders."""

import datetime as dt

from tests.shops import Order, shop_from

START = dt.date(2024, 1, 1)


def steady(days: int = 200, without: int = 0, each: int = 2) -> list[Order]:
    """So many orders each day, none in the month numbered `without`."""
    calendar = (START + dt.timedelta(days=n) for n in range(days))
    return [Order(f"c{n}", day) for day in calendar if day.month != without for n in range(each)]


def test_a_steady_shop_has_neither():
    with shop_from(steady(), window=90) as shop:
        assert shop.panel("calendar_gaps").frame.is_empty()
        assert shop.facts.warnings == ()


def test_a_month_without_an_order_is_told():
    with shop_from(steady(without=4), window=90) as shop:
        figures = shop.panel("calendar_gaps")

        assert figures.frame.rows() == [("missing_month", dt.date(2024, 4, 1), dt.date(2024, 4, 30), 0, None)]
        assert shop.open_figure(figures, "orders").frame.is_empty()
        assert "There is no order at all in 2024-04: is a file missing?" in shop.facts.warnings


def test_a_day_beyond_eight_times_its_neighbours_is_told_and_opens():
    spike = START + dt.timedelta(days=100)
    many = [Order(f"x{n}", spike) for n in range(15)]
    with shop_from([*steady(), *many], window=90) as shop:
        figures = shop.panel("calendar_gaps")

        assert figures.frame.rows() == [("busy_day", spike, spike, 17, 2.0)]
        assert shop.open_figure(figures, "orders").frame.height == 17
        assert any("2024-04-10 (17 orders, usually 2)" in warning for warning in shop.facts.warnings)


def test_eight_times_is_not_beyond_and_few_orders_are_none():
    spike = START + dt.timedelta(days=100)
    with shop_from([*steady(), *(Order(f"x{n}", spike) for n in range(14))], window=90) as shop:
        assert shop.panel("calendar_gaps").frame.is_empty()
    nine = [Order(f"x{n}", spike) for n in range(9)]
    with shop_from([Order("a", START), *nine, Order("b", spike + dt.timedelta(days=9))], window=30) as shop:
        assert set(shop.panel("calendar_gaps").frame["oddity"]) == {"missing_month"}


def test_a_shop_of_a_single_day_has_no_days_around_to_compare_with():
    orders = [Order(f"c{n}", "2025-01-01") for n in range(10)]
    with shop_from(orders) as shop:
        assert shop.panel("calendar_gaps").frame.is_empty()
        assert not any("Far more orders" in warning for warning in shop.facts.warnings)
