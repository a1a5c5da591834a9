"""Who is missing in a span, out of a `Reference`: a question to each customer."""

import datetime as dt

from tests.reference.drivers import newcombe
from tests.reference.figures import MONTHS, Row, total, wilson
from tests.reference.strip import Reference

A_DAY = dt.timedelta(days=1)
DAYS = dt.timedelta(days=90)


def worth_knowing(shop: Reference, d0: dt.date, d1: dt.date, grain: str) -> list[Row]:
    """The three rows of the panel for the days after d0 up to d1."""
    own = grain not in MONTHS
    before = d0 - (d1 - d0) if own else _months_before(d0, MONTHS[grain])
    spans = {"year": (_months_before(d0, 12), _months_before(d1, 12)), "before": (before, d0)}
    return [_row(shop, topic, (d0, d1), spans) for topic in ("churn", "silent", "no_second")]


def _months_before(day: dt.date, months: int) -> dt.date:
    """So many months before, the end of a month for the end of one."""
    after = day + A_DAY
    years, month = divmod(after.year * 12 + after.month - 1 - months, 12)
    days = range(after.day, 0, -1)
    found = next(each for each in (_date(years, month + 1, n) for n in days) if each is not None)
    return found - A_DAY


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _row(
    shop: Reference, topic: str, span: tuple[dt.date, dt.date], others: dict[str, tuple[dt.date, dt.date]]
) -> Row:
    members, why = _members(shop, topic, *span), _why(shop, topic, *span)
    if why is not None:
        return {"topic": topic, "missing": None, "share": None, "verdict": None, "why_null": why}
    missing = [customer for customer, is_missing in members.items() if is_missing]
    k, n = len(missing), len(members)
    low, high = wilson(k, n)
    row: Row = {
        "topic": topic, "missing": k, "of_all": n, "share": k / n, "share_low": low, "share_high": high,
        "compared": None, "share_then": None, "difference_low": None, "verdict": "alone", "why_null": None,
    }  # fmt: skip
    compared = next((name for name, other in others.items() if _why(shop, topic, *other) is None), None)
    if compared is not None:
        then = _members(shop, topic, *others[compared])
        bounds = newcombe(k, n, sum(then.values()), len(then))
        row |= {
            "compared": compared,
            "share_then": sum(then.values()) / len(then),
            "difference_low": max(-1.0, bounds[0]),
            "difference_high": min(1.0, bounds[1]),
            "verdict": "rose" if bounds[0] > 0 else "fell" if bounds[1] < 0 else "unclear",
        }
    bought = {who: shop.bought(who, dt.date.min, span[1]) for who in missing}
    row["money"] = total(purchase.value for purchases in bought.values() for purchase in purchases)
    once = sum(1 for purchases in bought.values() if len(purchases) == 1)
    row["mostly"] = None
    if missing:
        low, high = wilson(once, k)
        row["mostly"] = "once" if low > 0.5 else "repeat" if high < 0.5 else "mixed"
    return row


def _members(shop: Reference, topic: str, d0: dt.date, d1: dt.date) -> dict[str, bool]:
    """Who could be missing, and whether they are."""
    window, found = shop.window, {}
    for who in shop.customers_in_scope:
        first = shop.purchases[who][0].day
        if topic == "churn" and window and shop.active(who, d0):
            found[who] = not shop.active(who, d1)
        elif topic == "silent" and window and first <= d1:
            status = shop.status(who, d1, window)
            if status != "lapsed":
                found[who] = status == "at_risk"
        elif topic == "no_second" and d0 < first + DAYS <= d1:
            found[who] = not shop.bought(who, first, first + DAYS)
    return found


def _why(shop: Reference, topic: str, d0: dt.date, d1: dt.date) -> str | None:
    members = _members(shop, topic, d0, d1)
    if topic == "no_second":
        if d1 > shop.as_of:
            return "unfinished"
        if d0 - DAYS + A_DAY < shop.first_day:
            return "too_early"
        return None if members else "no_newcomers"
    return shop.why_no_rate(d1 if topic == "silent" else d0, d1, shop.window, len(members))
