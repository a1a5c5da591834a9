"""Who is on which action list, out of a `Reference`: a question to each customer, one after the other."""

import datetime as dt
import math
from collections import defaultdict
from hashlib import md5
from itertools import permutations
from statistics import NormalDist, fmean
from typing import Any

from tests.reference.figures import Row, first_day_with, total
from tests.reference.strip import Reference

NAMES = (
    "at_risk", "win_back", "second_order", "reorder_due", "bought_a_not_b", "near_next_tier", "milestones",
    "anniversaries", "referral", "vip", "lapsed_sample",
)  # fmt: skip
NAMED_TIERS = ("top 1 %", "top 10 %", "top 20 %")
Lines = list[tuple[str, str, float | None]]
"""Customer, category or product, value."""


def on_lists(shop: Reference, stakes: dict[str, float | None]) -> dict[str, dict[str, float | None]]:
    """Customers with the money they are on the list with, by list; `stakes` is the value at stake."""
    found: dict[str, dict[str, float | None]] = {name: {} for name in NAMES}
    here = [shop.customers[customer] for customer in shop.customers_in_scope]
    lines = bought(shop)
    pair = goes_together(lines)
    floors = tier_floors(shop)
    for row in here:
        who, value = row["customer_id"], row["value"]
        usual = None if value is None else value / row["purchases"]
        stake = value if stakes[who] is None else stakes[who]
        status, silent = row["status"], row["days_since_last"]
        missing = min((floor - value for floor in floors if floor > value), default=None) if value else None
        if status == "at_risk":
            found["at_risk"][who] = stake
        if status == "lapsed" and silent < 2 * shop.window:
            found["win_back"][who] = stake
        if status == "active" and row["purchases"] == 1 and at_least(silent, row["usual_gap_days"]):
            found["second_order"][who] = usual
        if status == "active" and row["purchases"] > 1 and due_soon(row["next_order_due"], shop.as_of):
            found["reorder_due"][who] = usual
        if pair and status != "lapsed" and has(lines, who, pair["a"]) and not has(lines, who, pair["b"]):
            found["bought_a_not_b"][who] = pair["share"] * pair["spent"]
        if missing is not None and status != "lapsed" and missing <= usual:
            found["near_next_tier"][who] = missing
        if row["purchases"] in (5, 10, 25, 50, 100) and silent < 30:
            found["milestones"][who] = value
        if status != "lapsed" and next_anniversary(row["first_day"], shop.as_of) <= in_two_weeks(shop.as_of):
            found["anniversaries"][who] = value
        if status == "active" and row["purchases"] >= 3 and is_happy(row):
            found["referral"][who] = value
        if row["tier"] in ("top 1 %", "top 10 %") and silent < 30:
            found["vip"][who] = value
    lapsed = [row for row in here if row["status"] == "lapsed" and row["consent"] != "no"]
    lapsed.sort(key=lambda row: md5(f"interview {row['customer_id']}".encode()).hexdigest())
    found["lapsed_sample"] = {row["customer_id"]: row["value"] for row in lapsed[:30]}
    return found


def why_unknown(shop: Reference, name: str) -> str | None:
    """Why nobody can tell who is on a list."""
    needs_window = ("at_risk", "win_back", "second_order", "referral", "lapsed_sample")
    nobody_back = first_day_with(shop.returns(shop.as_of, [1]), 0.5) is None
    reasons = (
        ("no_window", name in needs_window and shop.window is None),
        ("no_returns", name == "second_order" and nobody_back),
        ("no_forecast", name == "reorder_due" and shop.model is None),
        ("no_lines", name == "bought_a_not_b" and not bought(shop)),
        ("no_pair", name == "bought_a_not_b" and goes_together(bought(shop)) is None),
        ("no_money", name in ("near_next_tier", "vip") and not has_money(shop)),
    )
    return next((reason for reason, holds in reasons if holds), None)


def has_money(shop: Reference) -> bool:
    return any(shop.worth(order) is not None for order in shop.eligible)


def bought(shop: Reference) -> Lines:
    """What was in the orders that count."""
    who = {order["order_key"]: order["customer_id"] for order in shop.eligible}
    return [
        (who[line["order_key"]], line["category"] or line["product"], line["value"])
        for line in shop.lines
        if line["order_key"] in who and (line["category"] or line["product"])
    ]


def has(lines: Lines, customer: str, thing: str) -> bool:
    return any(who == customer and what == thing for who, what, _value in lines)


def goes_together(lines: Lines) -> Row | None:
    """The pair with the highest lift, of those that chance would hardly make."""
    if not lines:
        return None
    buyers: dict[str, set[str]] = defaultdict(set)
    spent: dict[tuple[str, str], list[float | None]] = defaultdict(list)
    for who, thing, value in lines:
        buyers[thing].add(who)
        spent[who, thing].append(value)
    everyone = set().union(*buyers.values())
    popular = sorted(buyers, key=lambda thing: (-len(buyers[thing]), thing))
    things = [thing for thing in popular if len(buyers[thing]) >= 30][:100]
    pairs = len(things) * (len(things) - 1) / 2
    found = []
    for a, b in permutations(things, 2):
        both, others = buyers[a] & buyers[b], everyone - buyers[a]
        of_all = len(buyers[b]) / len(everyone)
        if len(both) < 30 or not others or of_all == 1:
            continue
        share = len(both) / len(buyers[a])
        error = math.sqrt(of_all * (1 - of_all) * (1 / len(buyers[a]) + 1 / len(others)))
        score = (share - len(buyers[b] - both) / len(others)) / error
        if share > of_all and 2 * NormalDist().cdf(-abs(score)) * pairs <= 0.05:
            sums = [total(spent[who, b]) for who in both]
            known = [each for each in sums if each is not None]
            found.append({
                "a": a, "b": b, "buyers": len(buyers[a]), "shared": len(both), "share": share,
                "times": share / of_all, "spent": fmean(known) if known else None,
            })  # fmt: skip
    return min(found, key=lambda row: (-round(row["times"], 12), -row["share"]), default=None)


def tier_floors(shop: Reference) -> list[float]:
    floors: dict[Any, float] = {}
    for row in shop.customers.values():
        if row["tier"] in NAMED_TIERS:
            floors[row["tier"]] = min(row["value"], floors.get(row["tier"], math.inf))
    return list(floors.values())


def is_happy(row: Row) -> bool:
    return row["segment"] in ("champions", "loyal") and not row["refunded_share"]


def at_least(days: int, usual: float | None) -> bool:
    return usual is not None and days >= usual


def in_two_weeks(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=14)


def due_soon(due: dt.date | None, as_of: dt.date) -> bool:
    return due is not None and as_of <= due <= in_two_weeks(as_of)


def next_anniversary(first: dt.date, day: dt.date) -> dt.date:
    """The first after the day: tried year by year."""
    for year in range(first.year + 1, day.year + 2):
        leap = (first.month, first.day) == (2, 29) and not (year % 4 == 0 and (year % 100 or year % 400 == 0))
        kept = dt.date(year, 2, 28) if leap else first.replace(year=year)
        if kept > day:
            return kept
    raise AssertionError("a year has an anniversary")
