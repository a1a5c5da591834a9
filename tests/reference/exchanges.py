"""Which orders are exchanges of what was given back, and the purchase to which each belongs."""

import datetime as dt
import re
from collections.abc import Sequence

from tests.reference.figures import Row

EXCHANGED = {
    "exchange", "exchanged", "exchanges", "umtausch", "échange", "ruiling", "ombytte", "ombyte", "cambio",
    "sostituzione",
}  # fmt: skip


def exchanges(eligible: Sequence[Row], lines: Sequence[Row]) -> dict[int, dt.date]:
    """The orders that are exchanges, each with the day of the purchase that it belongs to."""
    found: dict[int, Row] = {}
    for order in eligible:
        earlier = [
            other
            for other in eligible
            if other["customer_id"] == order["customer_id"]
            and (other["refund"] or 0) > 0
            and 0 < (order["ordered_at"].date() - other["ordered_at"].date()).days <= 30
        ]
        said = EXCHANGED & set(re.split("[^a-zé]+", " ".join(_words(order)).lower()))
        candidates = earlier if said else [other for other in earlier if _again(lines, other, order)]
        if candidates:
            found[order["order_key"]] = candidates[-1]

    def root(order: Row) -> dt.date:
        mended = found.get(order["order_key"])
        return order["ordered_at"].date() if mended is None else root(mended)

    return {key: root(mended) for key, mended in found.items()}


def _again(lines: Sequence[Row], given_back: Row, order: Row) -> bool:
    """Whether a product whose whole price was given back is in the later order."""
    return any(
        given_back["refund"] >= old["value"] - 0.005
        and any(old[name] is not None and old[name] == new[name] for name in ("sku", "product"))
        for old in lines
        if old["order_key"] == given_back["order_key"] and (old["value"] or 0) > 0
        for new in lines
        if new["order_key"] == order["order_key"]
    )


def _words(order: Row) -> list[str]:
    return [order[name] for name in ("tags", "discount_code", "channel") if order[name] is not None]
