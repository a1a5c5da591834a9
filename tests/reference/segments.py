"""The RFM map, the lifecycle, movement, and breakdowns: a loop over the customers for each cell."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from statistics import fmean

from tests.reference.figures import (
    SEGMENTS,
    Row,
    tags_of,
    total,
    wilson,
)
from tests.reference.resampling import mean_with_interval
from tests.reference.strip import Reference

STAGES = {"one": range(1, 2), "two": range(2, 3), "more": range(3, 10_000)}


def rfm_map(shop: Reference) -> list[Row]:
    """The 25 cells, the latest and rarest buyers first."""
    here, rows = shop.customers_in_scope, []
    everything = total(shop.spent(customer) for customer in here)
    for r in range(5, 0, -1):
        for f in range(1, 6):
            cell = [customer for customer in here if shop.rfm[customer][:2] == (r, f)]
            value = total(shop.spent(customer) for customer in cell) or 0
            scores = [m for customer in cell if (m := shop.rfm[customer][2]) is not None]
            rows.append(
                {
                    "r": r,
                    "f": f,
                    "segment": SEGMENTS[f"{r}{f}"],
                    "customers": len(cell),
                    "share": len(cell) / len(here) if here else None,
                    "value": None if everything is None else value,
                    "value_share": value / everything if everything else None,
                    "mean_m": fmean(scores) if scores else None,
                }
            )
    return rows


def rfm_cuts(shop: Reference) -> list[Row]:
    """What each score means in days of silence, purchases and money."""
    rows = []
    for score in range(5, 0, -1):
        recent, frequent, dear = (
            [customer for customer in shop.customers_in_scope if shop.rfm[customer][place] == score]
            for place in range(3)
        )
        silences = [(shop.as_of - shop.purchases[customer][-1].day).days for customer in recent]
        counts = [len(shop.purchases[customer]) for customer in frequent]
        values = [shop.spent(customer) for customer in dear]
        rows.append(
            {
                "score": score,
                "silent_from": min(silences, default=None),
                "silent_to": max(silences, default=None),
                "recency_customers": len(recent),
                "purchases_from": min(counts, default=None),
                "purchases_to": max(counts, default=None),
                "frequency_customers": len(frequent),
                "value_from": min(values, default=None),
                "value_to": max(values, default=None),
                "money_customers": len(dear),
            }
        )
    return rows


def lifecycle(shop: Reference) -> list[Row]:
    """Number of purchases × status; nothing is known without a window."""
    here, rows = shop.customers_in_scope, []
    everything = total(shop.spent(customer) for customer in here)
    for stage, counts in STAGES.items():
        for status in ("active", "at_risk", "lapsed"):
            cell = [
                customer
                for customer in here
                if len(shop.purchases[customer]) in counts
                and shop.status(customer, shop.as_of, shop.window) == status
            ]
            value = total(shop.spent(customer) for customer in cell) or 0
            known = shop.window is not None
            rows.append(
                {
                    "stage": stage,
                    "status": status,
                    "customers": len(cell) if known else None,
                    "share": len(cell) / len(here) if known and here else None,
                    "value": value if known and everything is not None else None,
                }
            )
    return rows


def movement(shop: Reference, d0: dt.date, d1: dt.date) -> list[Row]:
    """Segments on the day before against segments on the last day."""
    before, now = shop.rfm_on(d0), shop.rfm_on(d1)
    moves: dict[tuple[str, str], int] = defaultdict(int)
    for customer in set(now) & set(shop.customers_in_scope):
        was = before[customer][3] if customer in before else "not yet a customer"
        moves[was, now[customer][3]] += 1
    return [{"before": was, "now": now, "customers": n} for (was, now), n in sorted(moves.items())]


def breakdown(shop: Reference, by: str, d0: dt.date, d1: dt.date) -> dict[str | None, Row]:
    """The main figures by the value of one attribute."""
    groups: dict[str | None, list[str]] = defaultdict(list)
    for customer in shop.customers_in_scope:
        for label in _labels(shop, customer, by):
            groups[label].append(customer)
    everything = total(shop.spent(customer) for customer in shop.customers_in_scope)
    several = any(len(_labels(shop, customer, by)) > 1 for customer in shop.customers_in_scope)
    return {
        bucket: {**_group(shop, members, d0, d1, everything), "overlap": several}
        for bucket, members in groups.items()
    }


def _labels(shop: Reference, customer: str, by: str) -> set[str | None]:
    """The groups that a customer counts in: one, or one for each tag, however it is written."""
    value = shop.customers[customer][by]
    if by != "tags":
        return {None if value is None else str(value)}
    written = [tag for row in shop.customers.values() for tag in tags_of(row["tags"])]
    return {min(each for each in written if each.lower() == tag.lower()) for tag in tags_of(value)} or {None}


def _group(
    shop: Reference, members: Sequence[str], d0: dt.date, d1: dt.date, everything: float | None
) -> Row:
    states = [shop.state(customer, d0, d1, shop.window) if shop.window else None for customer in members]
    lost, at_start = states.count("lost"), states.count("lost") + states.count("retained")
    why = shop.why_no_rate(d0, d1, shop.window, at_start)
    churn = wilson(lost, at_start) if why is None else (None, None)
    repeat = shop.repeat_by(90, d1, members)
    orders = sum(purchase.orders for customer in members for purchase in shop.purchases[customer])
    value = total(shop.spent(customer) for customer in members)
    clv = mean_with_interval([shop.spent(customer) for customer in members])
    known = why is None
    return {
        "customers": len(members),
        "active": sum(
            1 for each in members if shop.status(each, shop.as_of, shop.window) in ("active", "at_risk")
        ),
        "at_start": at_start if known else None,
        "lost": lost if known else None,
        "churn_rate": lost / at_start if known else None,
        "churn_low": churn[0],
        "churn_high": churn[1],
        "retention_rate": 1 - lost / at_start if known else None,
        "repeat_rate": repeat[0],
        "repeat_low": repeat[1],
        "repeat_high": repeat[2],
        "orders_per_customer": orders / len(members),
        "average_order": None if value is None else value / orders,
        "clv": clv[0],
        "clv_low": clv[1],
        "clv_high": clv[2],
        "value_share": (value or 0) / everything if everything else None,
        "why_null": why,
    }
