"""Which orders count, the purchases they make, and the lapse window."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any

from tests.reference.exchanges import exchanges
from tests.reference.figures import (
    STEPS,
    Point,
    Purchase,
    Row,
    first_day_with,
    total,
)


@dataclass(frozen=True)
class Orders:
    """A shop by the book: its canonical `orders` and `lines`, and the owner's choices.

    `keeps` is the filter: a condition on a row of `customers`; None is everyone. `model` holds the fitted
    parameters r, alpha, a, b of the purchase model, `spend` those of the spend model (fitting is tested
    elsewhere); None where there is none.
    """

    orders: Sequence[Row]
    lines: Sequence[Row] = ()
    today: dt.date = dt.date(2026, 1, 1)
    chosen_as_of: dt.date | None = None
    chosen_window: int | None = None
    value_basis: str = "paid"
    zero_orders: str = "exclude"
    keeps: Callable[[Row], bool] | None = None
    model: Mapping[str, float] | None = None
    spend: Mapping[str, float] | None = None
    known: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    # -- which orders count, and what they are worth ------------------------------------------------

    def reason(self, order: Row) -> str | None:  # noqa: PLR0911 - one return for each reason
        """Why an order does not count: the first reason that fits."""
        day, gross, refund = order["ordered_at"].date(), order["gross"], order["refund"] or 0
        if self.chosen_as_of is not None and day > self.chosen_as_of:
            return "later"
        if order["status"] == "test":
            return "test"
        if day > self.today + dt.timedelta(days=1):
            return "future"
        if order["status"] == "cancelled" or (gross is not None and gross < 0):
            return "cancelled"
        if order["status"] == "pending":
            return "unpaid"
        if order["customer_id"] is None:
            return "anonymous"
        if order["status"] == "refunded" or (gross is not None and 0 < gross <= refund):
            return "refunded"
        if gross == 0 and self.zero_orders == "exclude":
            return "zero"
        return None

    def worth(self, order: Row) -> float | None:
        """What the customer paid and did not get back; as goods, without the shipping and tax kept of it."""
        if order["gross"] is None:
            return None
        paid = order["gross"] - (order["refund"] or 0)
        if self.value_basis == "goods":
            return paid - min((order["shipping"] or 0) + (order["tax"] or 0), max(paid, 0))
        return paid

    @cached_property
    def eligible(self) -> list[Row]:
        """The orders that count, in the order in which they were placed."""
        counted = [order for order in self.orders if self.reason(order) is None]
        return sorted(counted, key=lambda order: (order["ordered_at"], order["order_key"]))

    @cached_property
    def left_out(self) -> list[Row]:
        """The orders that don't count, each with its reason and value."""
        return [
            {**order, "reason": self.reason(order), "value": self.worth(order)}
            for order in self.orders
            if self.reason(order) is not None
        ]

    # -- purchases -----------------------------------------------------------------------------------

    @cached_property
    def exchanges(self) -> dict[int, dt.date]:
        """The orders that are exchanges, each with the day of the purchase that it belongs to."""
        return exchanges(self.eligible, self.lines)

    @cached_property
    def purchases(self) -> dict[str, list[Purchase]]:
        """Every customer's purchases, the first one first."""
        days: dict[str, dict[dt.date, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for order in self.eligible:
            day = self.exchanges.get(order["order_key"], order["ordered_at"].date())
            days[order["customer_id"]][day].append(order)
        return {
            customer: [
                Purchase(day, len(orders), total(self.worth(order) for order in orders))
                for day, orders in sorted(bought.items())
            ]
            for customer, bought in days.items()
        }

    def bought(self, customer: str, after: dt.date, until: dt.date) -> list[Purchase]:
        """The customer's purchases on the days (after, until]."""
        return [purchase for purchase in self.purchases[customer] if after < purchase.day <= until]

    def spent(self, customer: str, until: dt.date = dt.date.max) -> float | None:
        """Value to date on a day."""
        return total(purchase.value for purchase in self.bought(customer, dt.date.min, until))

    @cached_property
    def first_day(self) -> dt.date:
        return min(bought[0].day for bought in self.purchases.values())

    @cached_property
    def as_of(self) -> dt.date:
        return self.chosen_as_of or max(order["ordered_at"].date() for order in self.eligible)

    # -- days to the next purchase -------------------------------------------------------------------

    def gaps(self, day: dt.date, nths: Iterable[int] | None = None, who: Iterable[str] | None = None) -> list:
        """(days, ended) after each purchase, as far as could be seen on that day."""
        found = []
        wanted = None if nths is None else set(nths)
        for customer in self.purchases if who is None else who:
            seen = [purchase.day for purchase in self.bought(customer, dt.date.min, day)]
            for nth, (this, following) in enumerate(pairwise([*seen, None]), start=1):
                if wanted is None or nth in wanted:
                    found.append(((following or day) - this, following is not None))
        return [(length.days, ended) for length, ended in found]

    def kaplan_meier(self, gaps: Sequence[tuple[int, bool]]) -> list[Point]:
        """The share that has returned by each day, by the product-limit formula."""
        waiting, variance, points = Fraction(1), 0.0, []
        for days in sorted({days for days, _ended in gaps}):
            at_risk = sum(1 for length, _ended in gaps if length >= days)
            returned = sum(1 for length, ended in gaps if length == days and ended)
            waiting *= 1 - Fraction(returned, at_risk)
            if returned < at_risk:
                variance += returned / (at_risk * (at_risk - returned))
            points.append(Point(days, at_risk, returned, 1 - waiting, variance))
        return points

    def returns(self, day: dt.date, nths: Iterable[int] | None = None) -> list[tuple[int, Fraction]]:
        """The curve of those who return: divided by its last value that enough gaps stand behind."""
        key = ("returns", day, None if nths is None else tuple(nths))
        if key not in self.known:
            points = self.kaplan_meier(self.gaps(day, nths))
            everyone = points[0].at_risk if points else 0
            reliable = [point for point in points if point.at_risk >= max(30, Fraction(2 * everyone, 100))]
            last = reliable[-1].share if reliable else Fraction(0)
            self.known[key] = [(point.days, point.share / last) for point in reliable] if last else []
        return self.known[key]

    # -- the lapse window ----------------------------------------------------------------------------

    @cached_property
    def observed_gaps(self) -> int:
        return sum(1 for _days, ended in self.gaps(self.as_of) if ended)

    @cached_property
    def found_window(self) -> int | None:
        """The day by which nine of ten of those who return had returned."""
        if self.observed_gaps < 30:
            return None
        return first_day_with(self.returns(self.as_of), Fraction(9, 10))

    @cached_property
    def suggested_window(self) -> int | None:
        history = (self.as_of - self.first_day).days
        if history < 90:
            return None
        if self.observed_gaps < 30:
            wanted = 180
        else:
            wanted = next((step for step in STEPS if step >= self.found_window), STEPS[-1])
        allowed = [step for step in STEPS if step <= history // 3]
        return min(wanted, allowed[-1])

    @cached_property
    def window(self) -> int | None:
        return self.chosen_window or self.suggested_window
