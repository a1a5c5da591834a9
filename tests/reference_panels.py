"""What the panels beyond the bridge should show: cohorts, segments and value, out of a `Reference`.

As slow and plain as the reference itself: a loop over the customers for each cell, and no SQL in mind.
"""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from statistics import fmean, median
from typing import Any

import numpy as np

from cockpit.forecast.resampling import ratio_interval
from tests.reference import (
    SEGMENTS,
    Purchase,
    Reference,
    Row,
    cents,
    log_log,
    tags_of,
    total,
    wilson,
)

A_DAY = dt.timedelta(days=1)
STAGES = {"one": range(1, 2), "two": range(2, 3), "more": range(3, 10_000)}

# -- cohorts and the second order ------------------------------------------------------------------------


def cohorts(shop: Reference, grain: str) -> list[Row]:
    """Each cohort in each calendar period since its own."""
    periods, rows = shop.periods(grain), []
    for nth, (start, end) in enumerate(periods):
        members = _joined(shop, start, end)
        for k, (first, last) in enumerate(periods[nth:] if members else []):
            seen = {customer: shop.bought(customer, first - A_DAY, last) for customer in members}
            row = _cell(shop, members, last, sum(1 for bought in seen.values() if bought))
            later = sum(1 for customer in members if shop.bought(customer, first - A_DAY, dt.date.max))
            window = shop.window
            known = window is not None and last + window * A_DAY <= shop.as_of
            row |= {"retained": later if known else None}
            row |= {"retained_share": later / len(members) if known else None}
            young = last > shop.as_of
            rows.append({"cohort_start": start, "k": k, "size": len(members), **_shown(row, young)})
    return rows


def cohorts_by_days(shop: Reference, grain: str) -> list[Row]:
    """Each cohort in every 30 days since each customer's own first purchase."""
    rows = []
    for start, end in shop.periods(grain):
        members = _joined(shop, start, end)
        last_joined = max((shop.purchases[customer][0].day for customer in members), default=None)
        for k in range((shop.as_of - start).days // 30 + 1 if members else 0):
            cells = [_bucket(shop, customer, k) for customer in members]
            size = len(members)
            row = {
                "returned": sum(1 for cell in cells if cell["here"]),
                "repurchased": sum(1 for cell in cells if len(cell["so_far"]) > 1),
                **_so_far([purchase for cell in cells for purchase in cell["so_far"]], size),
            }
            row |= {f"{name}_share": row[name] / size for name in ("returned", "repurchased")}
            young = last_joined + (30 * (k + 1) - 1) * A_DAY > shop.as_of
            rows.append({"cohort_start": start, "k": k, "size": size, **_shown(row, young)})
    return rows


def averages(rows: Sequence[Row]) -> list[Row]:
    """Over the cohorts that have lived through a cell, in numerator and denominator."""
    found = []
    for k in sorted({row["k"] for row in rows if not row["young"]}):
        cells = [row for row in rows if row["k"] == k and not row["young"]]
        size = sum(row["size"] for row in cells)
        average = {"k": k, "cohorts": len(cells), "size": size}
        for name in ("returned", "repurchased", "retained"):
            known = [row for row in cells if row.get(name) is not None]
            if name in cells[0]:
                count = sum(row[name] for row in known)
                average[name] = count if known else None
                average[f"{name}_share"] = count / sum(row["size"] for row in known) if known else None
        for name in ("value", "orders"):
            sums = [row[f"{name}_per_customer"] for row in cells]
            weighed = total(
                None if each is None else each * row["size"] for each, row in zip(sums, cells, strict=True)
            )
            average[f"{name}_per_customer"] = None if weighed is None else weighed / size
        found.append(average)
    return found


def second_order(shop: Reference) -> list[Row]:
    """The Kaplan–Meier curve of the days to the second purchase, day by day."""
    rows, so_far = [], 0
    for point in shop.kaplan_meier(shop.gaps(shop.as_of, [1], shop.customers_in_scope)):
        so_far += point.returned
        low, high = log_log(point)
        rows.append(
            {
                "days": point.days,
                "waiting": point.at_risk,
                "returned": point.returned,
                "returned_by": so_far,
                "share_returned": float(point.share),
                "low": low,
                "high": high,
            }
        )
    return rows


def order_funnel(shop: Reference) -> list[Row]:
    """Of those with so many purchases, how many made the next, and how long it took."""
    rows = []
    for nth in range(1, 11):
        gaps = shop.gaps(shop.as_of, [nth], shop.customers_in_scope)
        if not gaps:
            continue
        took = [days for days, ended in gaps if ended]
        made = sorted(
            shop.purchases[customer][nth - 1].day
            for customer in shop.customers_in_scope
            if len(shop.purchases[customer]) >= nth
        )
        seen_by_thirty = (shop.as_of - made[29]).days if len(made) >= 30 else None
        points = [
            point
            for point in shop.kaplan_meier(gaps)
            if seen_by_thirty is not None and point.days <= min(365, seen_by_thirty) and point.at_risk >= 5
        ]
        low, high = log_log(points[-1]) if points else (None, None)
        nobody_yet = 0.0 if seen_by_thirty is not None else None
        rows.append(
            {
                "nth": nth,
                "customers": len(gaps),
                "made_next": len(took),
                "raw_share": len(took) / len(gaps),
                "share_next": float(points[-1].share) if points else nobody_yet,
                "low": low,
                "high": high,
                "median_days": median(took) if took else None,
            }
        )
    return rows


def _joined(shop: Reference, start: dt.date, end: dt.date) -> list[str]:
    """Customers in scope whose first purchase lies in start … end."""
    return [
        customer for customer in shop.customers_in_scope if start <= shop.purchases[customer][0].day <= end
    ]


def _cell(shop: Reference, members: Sequence[str], last: dt.date, returned: int) -> Row:
    so_far = {customer: shop.bought(customer, dt.date.min, last) for customer in members}
    repurchased = sum(1 for bought in so_far.values() if len(bought) > 1)
    return {
        "returned": returned,
        "repurchased": repurchased,
        "returned_share": returned / len(members),
        "repurchased_share": repurchased / len(members),
        **_so_far([purchase for bought in so_far.values() for purchase in bought], len(members)),
    }


def _bucket(shop: Reference, customer: str, k: int) -> dict[str, list[Purchase]]:
    first = shop.purchases[customer][0].day
    start, end = first + 30 * k * A_DAY, first + (30 * k + 29) * A_DAY
    here = shop.bought(customer, start - A_DAY, end)
    return {"here": here, "so_far": shop.bought(customer, dt.date.min, end)}


def _so_far(bought: Sequence[Purchase], size: int) -> Row:
    value = total(purchase.value for purchase in bought)
    return {
        "value_per_customer": None if value is None else value / size,
        "orders_per_customer": sum(purchase.orders for purchase in bought) / size,
    }


def _shown(row: Row, young: bool) -> Row:
    """The row, without its figures where the cell is too young."""
    return {**(dict.fromkeys(row) if young else row), "young": young}


# -- segments ----------------------------------------------------------------------------------------------


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


# -- value ---------------------------------------------------------------------------------------------------


def value_by_cohort(shop: Reference, grain: str) -> list[Row]:
    """What the customers of each cohort have been worth so far."""
    rows = []
    for start, end in shop.periods(grain):
        members = _joined(shop, start, end)
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


def mean_with_interval(values: Iterable[float | None]) -> tuple[Any, Any, Any]:
    """The mean and its bootstrap interval; one value has none."""
    known = [value for value in values if value is not None]
    if not known:
        return None, None, None
    mean = math.fsum(known) / len(known)
    return mean, *(bootstrap([(value, 1) for value in known]) if len(known) > 1 else (None, None))


def bootstrap(pairs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Interval of the ratio by the product's own draws, which tests/forecast holds to account."""
    amounts, bases = np.array(sorted(pairs), dtype=float).T
    return ratio_interval(amounts, bases)
