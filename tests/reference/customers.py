"""The customers table, row by row."""

import datetime as dt
import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from tests.reference.figures import (
    SEGMENTS,
    SIZES,
    TIERS,
    Row,
    cents,
    last_known,
    share_up_to,
    total,
)
from tests.reference.silences import Silences


@dataclass(frozen=True)
class Customers(Silences):
    """Everyone, and who of them meets the filter."""

    # -- customers -----------------------------------------------------------------------------------

    @cached_property
    def rfm(self) -> dict[str, tuple[int, int, int | None, str]]:
        """Scores and segment of each customer."""
        return self.rfm_on(self.as_of)

    def rfm_on(self, day: dt.date) -> dict[str, tuple[int, int, int | None, str]]:
        """Scores and segment on a day of each who had bought by then."""
        seen = {customer: self.bought(customer, dt.date.min, day) for customer in self.purchases}
        seen = {customer: bought for customer, bought in seen.items() if bought}
        last = {customer: bought[-1].day for customer, bought in seen.items()}
        times = {customer: len(bought) for customer, bought in seen.items()}
        values = {customer: cents(self.spent(customer, day)) for customer in seen}
        repeaters = [count for count in times.values() if count > 1]
        known = [value for value in values.values() if value is not None]
        scores = {}
        for customer in seen:
            r = math.ceil(5 * share_up_to(last[customer], list(last.values())))
            if times[customer] == 1:
                f = 1
            else:
                below = sum(1 for count in repeaters if count < times[customer])
                rank = Fraction(below, len(repeaters) - 1) if len(repeaters) > 1 else Fraction(0)
                f = min(5, 2 + math.floor(4 * rank))
            value = values[customer]
            m = None if value is None else math.ceil(5 * share_up_to(value, known))
            scores[customer] = (r, f, m, SEGMENTS[f"{r}{f}"])
        return scores

    @cached_property
    def customers(self) -> dict[str, Row]:
        """The customers table, by customer id."""
        return {customer: self._customer(customer) for customer in self.purchases}

    def _customer(self, customer: str) -> Row:
        orders = self.orders_of(customer)
        bought = self.purchases[customer]
        silence = self.silence(customer, self.as_of)
        dearest = self._dearest_line(orders[0])
        r, f, m, segment = self.rfm[customer]
        return {
            "customer_id": customer,
            **{name: last_known(orders, name) for name in ("email", "phone", "name", "consent")},
            "country": orders[-1]["country"],
            "channel": orders[-1]["channel"],
            "tags": last_known(orders, "tags"),
            "first_product": dearest.get("product"),
            "first_category": dearest.get("category"),
            **self._first_order(orders[0]),
            "first_day": bought[0].day,
            "last_day": bought[-1].day,
            "orders": len(orders),
            "purchases": len(bought),
            "value": self.spent(customer),
            "tier": self._tier(customer),
            "refunded_share": self._refunded_share(customer),
            "days_since_last": silence["days_since_last"],
            "usual_gap_days": silence["usual_gap_days"],
            "silence_one_in": silence["silence_one_in"],
            "status": self.status(customer, self.as_of, self.window),
            "r": r,
            "f": f,
            "m": m,
            "segment": segment,
            **self.chances(customer),
        }

    def _first_order(self, order: Row) -> Row:
        discount, gross = order["discount"], order["gross"]
        value = self.worth(order)
        firsts = {self.orders_of(customer)[0]["order_key"]: None for customer in self.purchases}
        values = [self.worth(each) for each in self.orders if each["order_key"] in firsts]
        known = [each for each in values if each is not None]
        discounted = "yes" if discount or order["discount_code"] else ("no" if discount == 0 else None)
        before = None if discount is None or gross is None else discount + gross
        return {
            "first_discount": discounted,
            "first_discount_share": discount / before if before else None,
            "first_month": f"{order['ordered_at']:%Y-%m}",
            "first_weekday": f"{order['ordered_at']:%A}",
            "first_value": value,
            "first_size": None if value is None else SIZES[math.ceil(3 * share_up_to(value, known))],
        }

    def orders_of(self, customer: str) -> list[Row]:
        """The customer's eligible orders, the first one first."""
        return [order for order in self.eligible if order["customer_id"] == customer]

    def _tier(self, customer: str) -> str | None:
        value = self.spent(customer)
        if value is None:
            return None
        values = [self.spent(each) for each in self.purchases]
        as_good = Fraction(sum(1 for each in values if each is not None and each >= value), len(values))
        return next(tier for top, tier in TIERS.items() if as_good * 100 <= top)

    def _refunded_share(self, customer: str) -> float | None:
        paid = list(self.orders_of(customer))
        wholly = [
            {**order, "refund": order["gross"] if order["refund"] is None else order["refund"]}
            for order in self.left_out
            if order["reason"] == "refunded" and order["customer_id"] == customer
        ]
        gross = total(order["gross"] for order in paid + wholly)
        return (total(order["refund"] or 0 for order in paid + wholly) or 0) / gross if gross else None

    def _dearest_line(self, order: Row) -> Row:
        named = [
            line
            for line in self.lines
            if line["order_key"] == order["order_key"] and (line["product"] or line["category"])
        ]
        named.sort(
            key=lambda line: (line["value"] is None, -(line["value"] or 0), line["file_no"], line["record"])
        )
        return named[0] if named else {}

    @cached_property
    def customers_in_scope(self) -> list[str]:
        """Those who meet the filter."""
        if self.keeps is None:
            return list(self.purchases)
        return [customer for customer, row in self.customers.items() if self.keeps(row)]
