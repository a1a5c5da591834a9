"""Every table and macro against the reference, on random shops."""

import datetime as dt
from dataclasses import replace

from hypothesis import given

from cockpit.shop import Shop
from tests.queries.compare import assert_rows
from tests.queries.random_shops import Case, cases, examples
from tests.reference.strip import Reference

A_DAY = dt.timedelta(days=1)


@given(case=cases())
@examples(4)
def test_the_tables_are_what_the_orders_say(case: Case):
    with case.opened() as shop:
        reference = case.beside(shop)
        check_orders(shop, reference)
        check_purchases(shop, reference)
        check_lapse_window(shop, reference)
        check_customers(shop, reference)
        check_return_curve(shop, reference)


@given(case=cases())
@examples(3)
def test_the_macros_answer_for_any_day_and_window(case: Case):
    with case.opened() as shop:
        reference = case.beside(shop)
        everyone = replace(reference, keeps=None, known={})
        for window in {30, 91, case.window or 90}:
            check_states(shop, reference, window)
        check_days(shop, everyone)
        check_span_states(shop, reference)


def check_orders(shop: Shop, reference: Reference) -> None:
    eligible = sorted(reference.eligible, key=lambda order: order["order_key"])
    wanted = [
        {
            "order_key": order["order_key"],
            "customer_id": order["customer_id"],
            "day": order["ordered_at"].date(),
            "value": reference.worth(order),
        }
        for order in eligible
    ]
    orders = "select * from orders join customer_keys using (customer_key) order by order_key"
    assert_rows(shop.sql(orders).frame, wanted)
    left_out = [
        {name: order[name] for name in ("order_key", "reason", "customer_id", "value")}
        for order in sorted(reference.left_out, key=lambda order: order["order_key"])
    ]
    assert_rows(shop.sql("from orders_left_out order by order_key").frame, left_out)


def check_purchases(shop: Shop, reference: Reference) -> None:
    wanted = []
    for customer, bought in sorted(reference.purchases.items()):
        days = [purchase.day for purchase in bought]
        for nth, purchase in enumerate(bought, start=1):
            wanted.append(
                {
                    "customer_id": customer,
                    "day": purchase.day,
                    "next_day": days[nth] if nth < len(days) else None,
                    "gap_days": (purchase.day - days[nth - 2]).days if nth > 1 else None,
                    "nth": nth,
                    "orders": purchase.orders,
                    "value": purchase.value,
                }
            )
    purchases = "select * from purchases join customer_keys using (customer_key) order by customer_id, day"
    assert_rows(shop.sql(purchases).frame, wanted)


def check_lapse_window(shop: Shop, reference: Reference) -> None:
    window = shop.facts.window
    assert window.observed_gaps == reference.observed_gaps
    assert window.found_days == reference.found_window
    assert window.suggested_days == reference.suggested_window
    assert window.days == reference.window
    assert (shop.facts.first_day, shop.facts.as_of) == (reference.first_day, reference.as_of)


def check_customers(shop: Shop, reference: Reference) -> None:
    wanted = [row for _customer, row in sorted(reference.customers.items())]
    assert_rows(shop.sql("from customers order by customer_id").frame, wanted)
    in_scope = shop.sql("select customer_id from customer_keys semi join scope using (customer_key)").frame
    assert set(in_scope["customer_id"]) == set(reference.customers_in_scope)
    here = shop.sql("from customers_here join customer_keys using (customer_key) order by customer_id").frame
    known = [name for name in here.columns if name in wanted[0]] if wanted else []
    assert_rows(
        here.select(known),
        [
            {name: row[name] for name in known}
            for row in wanted
            if row["customer_id"] in reference.customers_in_scope
        ],
    )


def check_return_curve(shop: Shop, reference: Reference) -> None:
    for nths, bounds in ((None, "1, null"), ([1], "1, 1"), (range(2, 4), "2, 3")):
        for who, customers in (("everyone", None), ("scope", reference.customers_in_scope)):
            points = reference.kaplan_meier(reference.gaps(reference.as_of, nths, customers))
            wanted = [
                {
                    "days": point.days,
                    "at_risk": point.at_risk,
                    "returned": point.returned,
                    "share_returned": float(point.share),
                }
                for point in points
            ]
            statement = f"from return_curve((select as_of from shop), {bounds}, '{who}') order by days"
            assert_rows(shop.sql(statement).frame, wanted)


def check_states(shop: Shop, reference: Reference, window: int) -> None:
    for grain in ("month", "quarter", "year"):
        wanted = set()
        for start, end in reference.periods(grain):
            for customer in reference.customers_in_scope:
                state = reference.state(customer, start - A_DAY, end, window)
                if state is not None:
                    wanted.add((start, end, customer, state))
        statement = f"""
            select period_start, period_end, customer_id, state
            from period_states('{grain}', {window}) join customer_keys using (customer_key)
        """
        assert set(shop.sql(statement).frame.rows()) == wanted


def check_days(shop: Shop, reference: Reference) -> None:
    window = reference.window or 90
    start, end = reference.first_day, reference.as_of
    for day in {start, start + (end - start) / 3, end - 7 * A_DAY, end}:
        since = f"date '{day}'"
        active = (
            f"select customer_id from active_on({since}, {window}) join customer_keys using (customer_key)"
        )
        assert set(shop.sql(active).frame["customer_id"]) == reference.everyone_active(day, window)
        status = f"""
            select customer_id, last_day, purchases, days_since_last, usual_gap_days, silence_one_in, status
            from status_on({since}, {window}, 'everyone') join customer_keys using (customer_key)
            order by customer_id
        """
        wanted = []
        for customer, bought in sorted(reference.purchases.items()):
            if bought[0].day <= day:
                silence = reference.silence(customer, day)
                silence.pop("share_longer")
                silence["status"] = reference.status(customer, day, window)
                wanted.append({"customer_id": customer, **silence})
        assert_rows(shop.sql(status).frame, wanted)


def check_span_states(shop: Shop, reference: Reference) -> None:
    window = reference.window or 90
    for day in {reference.first_day, reference.as_of - 7 * A_DAY, reference.as_of}:
        d0 = day - 45 * A_DAY
        states = f"""
            select customer_id, state
            from span_states(date '{d0}', date '{day}', {window}) join customer_keys using (customer_key)
        """
        expected = {
            (customer, reference.state(customer, d0, day, window))
            for customer in reference.customers_in_scope
        }
        assert set(shop.sql(states).frame.rows()) == {pair for pair in expected if pair[1] is not None}
