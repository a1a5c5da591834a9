"""What goes with leaving, out of a `Reference`: a loop over everyone for each trait."""

import datetime as dt
import math
import re
from collections.abc import Sequence
from statistics import NormalDist

from tests.reference.figures import SIZES, Row, share_up_to, wilson
from tests.reference.strip import Reference

FEWEST = 30
FEWEST_EXPECTED = 5
ORDER = ("leave", "stay", "unclear", "too_few")


def arrivals(shop: Reference) -> dict[str, Row]:
    """The first order of everyone, kept or given back; of several on its day, one that counts."""
    firsts: dict[str, Row] = {}
    for order in shop.orders:
        reason = shop.reason(order)
        if order["customer_id"] is None or reason not in (None, "refunded", "cancelled"):
            continue
        at = order["ordered_at"]
        rank = (at.date(), reason is not None, at, order["order_key"])
        best = firsts.get(order["customer_id"])
        if best is None or rank < best["rank"]:
            firsts[order["customer_id"]] = {**order, "rank": rank, "reason": reason}
    return firsts


def traits(shop: Reference) -> dict[str, set[tuple[str, str]]]:
    """What is known of how everyone came."""
    firsts = arrivals(shop)
    spelled: dict[str, str] = {}
    for tag in sorted((tag for order in firsts.values() for tag in _tags(order)), reverse=True):
        spelled[tag.lower()] = tag
    prices = [order["gross"] for order in firsts.values() if order["gross"] is not None]
    found = {}
    for customer, order in firsts.items():
        line = shop._dearest_line(order)
        coded, discount = order["discount_code"], order["discount"]
        size = None if order["gross"] is None else math.ceil(3 * share_up_to(order["gross"], prices))
        known = {
            "first_order": "kept" if order["reason"] is None else "refunded or cancelled",
            "first_country": order["country"],
            "first_channel": order["channel"],
            "first_product": line.get("product"),
            "first_category": line.get("category"),
            "first_discount": "yes" if discount or coded else "no" if discount == 0 else None,
            "first_code": coded,
            "first_size": SIZES[size] if size else None,
            "first_month": f"{order['ordered_at']:%Y-%m}",
            "first_weekday": f"{order['ordered_at']:%A}",
        }
        tags = {("first_tags", spelled[tag.lower()]) for tag in _tags(order)}
        found[customer] = tags | {(name, value) for name, value in known.items() if value is not None}
    return found


def _tags(order: Row) -> list[str]:
    return [tag.strip() for tag in re.split("[,;]", order["tags"] or "") if tag.strip()]


def leavers(shop: Reference, outcome: str) -> dict[str, bool]:
    """Everyone who can be judged, and whether they left."""
    days = 90 if outcome == "no_second" else shop.window
    here = set(shop.customers_in_scope)
    everyone = here == set(shop.purchases)
    judged = {}
    for customer, order in arrivals(shop).items():
        came = order["ordered_at"].date()
        counted = customer in here or (everyone and customer not in shop.purchases)
        if days is None or not counted or came + dt.timedelta(days) > shop.as_of:
            continue
        after = came if outcome == "no_second" else shop.as_of - dt.timedelta(days)
        until = after + dt.timedelta(days)
        judged[customer] = not any(
            after < purchase.day <= until for purchase in shop.purchases.get(customer, ())
        )
    return judged


def drivers(shop: Reference, outcome: str) -> list[Row]:
    """Each trait that enough share and enough do not, in the order of the panel."""
    judged, known = leavers(shop, outcome), traits(shop)
    every = {trait for customer in judged for trait in known[customer]}
    if outcome == "lapsed":
        every = {trait for trait in every if trait[0] != "first_month"}
    rows = []
    for attribute, trait in every:
        inside = [gone for customer, gone in judged.items() if (attribute, trait) in known[customer]]
        outside = [gone for customer, gone in judged.items() if (attribute, trait) not in known[customer]]
        if min(len(inside), len(outside)) >= FEWEST:
            row = contrast(sum(inside), len(inside), sum(outside), len(outside))
            rows.append({"attribute": attribute, "trait": trait, **row})
    known_p = [row["p"] for row in rows if row["p"] is not None]
    for row, q in zip([row for row in rows if row["p"] is not None], adjusted(known_p), strict=True):
        row["q"] = q
    for row in rows:
        row["verdict"] = _verdict(row)
    return sorted(rows, key=_place)


def contrast(k: int, n: int, rest_k: int, rest_n: int) -> Row:
    """Two groups side by side: difference, ratio, and how surely they differ."""
    share, rest = k / n, rest_k / rest_n
    low, high = newcombe(k, n, rest_k, rest_n)
    of_all = (k + rest_k) / (n + rest_n)
    expected = min(n, rest_n) * min(of_all, 1 - of_all)
    row: Row = {
        "people": n, "left_us": k, "rest": rest_n, "rest_left": rest_k,
        "share_left": share, "rest_share": rest, "difference": share - rest,
        "difference_low": low, "difference_high": high, "excess": k - n * of_all,
        "ratio": share / rest if rest else None, "ratio_low": None, "ratio_high": None,
        "p": None, "q": None,
    }  # fmt: skip
    if k and rest_k:
        error = math.sqrt(1 / k - 1 / n + 1 / rest_k - 1 / rest_n)
        row["ratio_low"] = row["ratio"] * math.exp(-1.96 * error)
        row["ratio_high"] = row["ratio"] * math.exp(1.96 * error)
    if expected >= FEWEST_EXPECTED:
        error = math.sqrt(of_all * (1 - of_all) * (1 / n + 1 / rest_n))
        row["p"] = 2 * NormalDist().cdf(-abs(share - rest) / error)
    return row


def newcombe(k: int, n: int, rest_k: int, rest_n: int) -> tuple[float, float]:
    """Newcombe (1998), method 10."""
    (low, high), (rest_low, rest_high) = wilson(k, n), wilson(rest_k, rest_n)
    share, rest = k / n, rest_k / rest_n
    return (
        share - rest - math.hypot(share - low, rest_high - rest),
        share - rest + math.hypot(high - share, rest - rest_low),
    )


def adjusted(chances: Sequence[float]) -> list[float]:
    """Benjamini & Hochberg (1995): of all tests at least this likely, the least p × tests ÷ place."""
    tests, ordered = len(chances), sorted(chances)
    return [
        min(min(1.0, ordered[place] * tests / (place + 1)) for place in range(tests) if ordered[place] >= p)
        for p in chances
    ]


def _verdict(row: Row) -> str:
    if row["q"] is None:
        return "too_few"
    if row["q"] > 0.05 or row["difference_low"] <= 0 <= row["difference_high"]:
        return "unclear"
    return "leave" if row["difference"] > 0 else "stay"


def _place(row: Row) -> tuple[int, float, str, str]:
    within = {"leave": -row["excess"], "stay": row["excess"]}.get(row["verdict"], row["p"])
    return ORDER.index(row["verdict"]), math.inf if within is None else within, row["attribute"], row["trait"]
