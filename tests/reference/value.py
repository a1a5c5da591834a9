"""What customers are worth, and how much of it is kept: a loop over the customers for each row."""

import datetime as dt
import math
from fractions import Fraction
from itertools import pairwise

from tests.reference.cohorts import joined
from tests.reference.figures import (
    Row,
    cents,
    total,
)
from tests.reference.resampling import bootstrap, mean_with_interval
from tests.reference.strip import Reference

A_DAY = dt.timedelta(days=1)


def value_by_cohort(shop: Reference, grain: str) -> list[Row]:
    """What the customers of each cohort have been worth so far."""
    rows = []
    for start, end in shop.periods(grain):
        members = joined(shop, start, end)
        if members:
            spent = [shop.spent(customer) for customer in members]
            clv, low, high = mean_with_interval(spent)
            equity = total(shop.clv_12m(customer) for customer in members)
            orders = sum(purchase.orders for customer in members for purchase in shop.purchases[customer])
            rows.append(
                {
                    "cohort_start": start,
                    "customers": len(members),
                    "value": total(spent),
                    "clv": clv,
                    "clv_low": low,
                    "clv_high": high,
                    "predicted": None if equity is None else equity / len(members),
                    "equity": equity,
                    "orders_per_customer": orders / len(members),
                    "repeaters": sum(1 for customer in members if len(shop.purchases[customer]) > 1),
                }
            )
    return rows


def value_bands(shop: Reference) -> list[Row]:
    """Customers by value to date, in bands of 1, 2 and 5 times a power of ten."""
    borders = [0, *(step * 10**power for power in range(9) for step in (1, 2, 5))]
    spent = [value for customer in shop.customers_in_scope if (value := shop.spent(customer)) is not None]
    everything, rows = total(spent), []
    for low, high in pairwise(borders):
        band = [
            value for value in spent if (low == 0 or cents(value) >= 100 * low) and cents(value) < 100 * high
        ]
        if band:
            share = math.fsum(band) / everything if everything else None
            row = {"from_value": low, "to_value": high, "customers": len(band)}
            rows.append({**row, "value": math.fsum(band), "value_share": share})
    return rows


def concentration(shop: Reference) -> list[Row]:
    """Share of value of the most valuable customers."""
    here = shop.customers_in_scope
    spent = sorted((shop.spent(customer) for customer in here), key=lambda value: -(value or 0))
    everything, rows = total(spent), []
    for percent in (1, 5, 10, 20, 50) if here else ():
        places = math.ceil(Fraction(percent, 100) * len(here))
        top = total(spent[:places])
        share = top / everything if everything else None
        row = {"top_share": percent / 100, "customers": places, "value": top, "value_share": share}
        rows.append(row)
    return rows


def revenue_retention(shop: Reference) -> list[Row]:
    """NRR with its interval and GRR over spans of 90, 180 and 365 days."""
    rows = []
    for span in (90, 180, 365):
        d0 = shop.as_of - span * A_DAY
        pairs, prices = [], []
        for customer in shop.customers_in_scope:
            before = shop.bought(customer, d0 - span * A_DAY, d0)
            after = shop.bought(customer, d0, shop.as_of)
            prices += [purchase.value for purchase in (*before, *after)]
            r0, r1 = (total(p.value for p in bought) or 0 for bought in (before, after))
            if r0 > 0:
                pairs.append((r1, r0))
        why = None if pairs else "no_customers"
        if prices and total(prices) is None:
            why = "no_money"
        if d0 - span * A_DAY < shop.first_day - A_DAY:
            why = "too_early"
        low, high = bootstrap(pairs) if why is None and len(pairs) > 1 else (None, None)
        base = math.fsum(r0 for _r1, r0 in pairs)
        kept = math.fsum(min(pair) for pair in pairs)
        rows.append(
            {
                "span_days": span,
                "customers": len(pairs) if why is None else None,
                "base_value": base if why is None else None,
                "next_value": math.fsum(r1 for r1, _r0 in pairs) if why is None else None,
                "nrr": math.fsum(r1 for r1, _r0 in pairs) / base if why is None else None,
                "nrr_low": low,
                "nrr_high": high,
                "grr": kept / base if why is None else None,
                "why_null": why,
            }
        )
    return rows


def textbook_clv(shop: Reference) -> Row:
    """Average order × orders a year × 1 ÷ yearly churn."""
    d0 = shop.as_of - 365 * A_DAY
    bought = {customer: shop.bought(customer, d0, shop.as_of) for customer in shop.customers_in_scope}
    buyers = [customer for customer, purchases in bought.items() if purchases]
    orders = sum(purchase.orders for purchases in bought.values() for purchase in purchases)
    value = total(purchase.value for purchases in bought.values() for purchase in purchases)
    counts = shop.states(d0, shop.as_of, shop.window) if shop.window else {"lost": 0, "retained": 0}
    lost, at_start = counts["lost"], counts["lost"] + counts["retained"]
    why = shop.why_no_rate(d0, shop.as_of, shop.window, at_start)
    years = at_start / lost if why is None and lost else None
    average = None if value is None else value / orders
    a_year = orders / len(buyers) if buyers else None
    return {
        "customers": len(buyers),
        "average_order": average,
        "orders_a_year": a_year,
        "lost": lost if why is None else None,
        "years": years,
        "textbook_clv": average * a_year * years if years is not None and average is not None else None,
        "why_null": why,
    }
