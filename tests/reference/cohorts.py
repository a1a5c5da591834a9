"""Cohorts, and from one purchase to the next: a loop over the customers for each cell."""

import datetime as dt
from collections.abc import Sequence
from statistics import median

from tests.reference.figures import (
    Purchase,
    Row,
    log_log,
    total,
)
from tests.reference.strip import Reference

A_DAY = dt.timedelta(days=1)


def cohorts(shop: Reference, grain: str) -> list[Row]:
    """Each cohort in each calendar period since its own."""
    periods, rows = shop.periods(grain), []
    for nth, (start, end) in enumerate(periods):
        members = joined(shop, start, end)
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
        members = joined(shop, start, end)
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
            if seen_by_thirty is not None and point.days <= min(365, seen_by_thirty)
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


def joined(shop: Reference, start: dt.date, end: dt.date) -> list[str]:
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
