"""The figures of the strip, and the small panels beside it."""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import mean, stdev

from tests.reference.bridge import Bridge
from tests.reference.figures import (
    Purchase,
    Row,
    interval,
    log_log,
    ratio_with_interval,
    total,
    wilson,
)


@dataclass(frozen=True)
class Reference(Bridge):
    """All that the strip and the panels of the overview should show."""

    # -- the strip -----------------------------------------------------------------------------------

    def kpi(self, name: str, d0: dt.date, d1: dt.date) -> Row:
        """value, low, high, n and why_null of a figure of the strip, where they are defined."""
        here = [customer for customer in self.customers_in_scope if self.purchases[customer][0].day <= d1]
        return getattr(self, f"_kpi_{name}")(here, d0, d1)

    def _kpi_customers(self, here: list[str], d0: dt.date, d1: dt.date) -> Row:
        return {"value": len(here), "n": len(here)}

    def _kpi_active_customers(self, here: list[str], d0: dt.date, d1: dt.date) -> Row:
        if self.window is None:
            return {"value": None, "n": len(here), "why_null": "no_window"}
        return {"value": len(self.everyone_active(d1)), "n": len(here), "why_null": None}

    def _kpi_at_risk_customers(self, here: list[str], d0: dt.date, d1: dt.date) -> Row:
        if self.window is None:
            return {"value": None, "n": 0, "money": None, "why_null": "no_window"}
        statuses = {customer: self.status(customer, d1, self.window) for customer in here}
        at_risk = [customer for customer in here if statuses[customer] == "at_risk"]
        return {
            "value": len(at_risk),
            "n": sum(1 for status in statuses.values() if status != "lapsed"),
            "money": total(self.spent(customer, d1) for customer in at_risk),
            "why_null": None,
        }

    def _rate(self, state: str, d0: dt.date, d1: dt.date) -> Row:
        counts = self.states(d0, d1, self.window) if self.window else defaultdict(int)
        s = counts["retained"] + counts["lost"]
        why = self.why_no_rate(d0, d1, self.window, s)
        if why is not None:
            return {"value": None, "low": None, "high": None, "n": None, state: None, "why_null": why}
        low, high = wilson(counts[state], s)
        known = {"value": counts[state] / s, "low": low, "high": high, "n": s, "why_null": None}
        return {**known, state: counts[state]}

    def _kpi_churn_rate(self, here: list[str], d0: dt.date, d1: dt.date) -> Row:
        return self._rate("lost", d0, d1)

    def _kpi_retention_rate(self, here: list[str], d0: dt.date, d1: dt.date) -> Row:
        return self._rate("retained", d0, d1)

    def _last_year(self, d1: dt.date) -> list[tuple[str, Purchase]]:
        year = dt.timedelta(days=365)
        return [
            (customer, purchase)
            for customer in self.customers_in_scope
            for purchase in self.bought(customer, d1 - year, d1)
        ]

    def _kpi_orders_per_customer(self, here: list[str], d0: dt.date, d1: dt.date) -> Row:
        bought = self._last_year(d1)
        buyers = {customer for customer, _purchase in bought}
        if not buyers:
            return {"value": None, "n": 0, "why_null": "no_customers"}
        pairs = [(sum(p.orders for each, p in bought if each == buyer), 1) for buyer in buyers]
        return {**interval(ratio_with_interval(pairs)), "n": len(buyers), "why_null": None}

    def _kpi_average_order_value(self, here: list[str], d0: dt.date, d1: dt.date) -> Row:
        bought = self._last_year(d1)
        buyers = {customer for customer, _purchase in bought}
        if not buyers:
            return {"value": None, "n": 0, "why_null": "no_customers"}
        value = total(purchase.value for _customer, purchase in bought)
        if value is None:
            return {"value": None, "n": len(buyers), "why_null": "no_money"}
        pairs = [
            (total(p.value for p in of_buyer), sum(p.orders for p in of_buyer))
            for buyer in buyers
            if (of_buyer := [purchase for each, purchase in bought if each == buyer])
        ]
        return {**interval(ratio_with_interval(pairs)), "n": len(buyers), "why_null": None}

    def _kpi_returning_revenue_share(self, here: list[str], d0: dt.date, d1: dt.date) -> Row:
        bought = self._last_year(d1)
        buyers = {customer for customer, _purchase in bought}
        if not buyers:
            return {"value": None, "n": 0, "why_null": "no_customers"}
        value = total(purchase.value for _customer, purchase in bought)
        if not value:
            return {"value": None, "n": len(buyers), "why_null": "no_money"}
        pairs = []
        for buyer in buyers:
            first = self.purchases[buyer][0].day
            spent = [(p.day > first, p.value) for each, p in bought if each == buyer]
            again = total(value for later, value in spent if later) or 0
            pairs.append((again, total(value for _later, value in spent)))
        known = interval(ratio_with_interval(pairs))
        if known["low"] is not None:
            known |= {"low": max(known["low"], 0), "high": min(known["high"], 1)}
        return {**known, "n": len(buyers), "why_null": None}

    def _kpi_historic_clv(self, here: list[str], d0: dt.date, d1: dt.date) -> Row:
        spent = [value for customer in here if (value := self.spent(customer, d1)) is not None]
        unknown = {"value": None, "low": None, "high": None, "n": len(here)}
        if not here:
            return {**unknown, "why_null": "no_customers"}
        if not spent:
            return {**unknown, "why_null": "no_money"}
        error = stdev(spent) / math.sqrt(len(spent)) if len(spent) > 1 else None
        return {
            "value": mean(spent),
            "low": None if error is None else mean(spent) - 1.96 * error,
            "high": None if error is None else mean(spent) + 1.96 * error,
            "n": len(here),
            "why_null": None,
        }

    def _kpi_net_revenue_retention(self, here: list[str], d0: dt.date, d1: dt.date) -> Row:
        year = dt.timedelta(days=365)
        pairs, prices = [], []
        unknown = {"value": None, "low": None, "high": None}
        for customer in here:
            before = total(p.value for p in self.bought(customer, d1 - 2 * year, d1 - year)) or 0
            prices += [p.value for p in self.bought(customer, d1 - 2 * year, d1)]
            if before > 0:
                pairs.append((total(p.value for p in self.bought(customer, d1 - year, d1)) or 0, before))
        if d1 - 2 * year < self.first_day - dt.timedelta(days=1):
            return {**unknown, "n": len(pairs), "why_null": "too_early"}
        if prices and total(prices) is None:
            return {**unknown, "n": 0, "why_null": "no_money"}
        if not pairs:
            return {**unknown, "n": 0, "why_null": "no_customers"}
        return {**interval(ratio_with_interval(pairs)), "n": len(pairs), "why_null": None}

    def _kpi_repeat_rate_90d(self, here: list[str], d0: dt.date, d1: dt.date) -> Row:
        share, low, high = self.repeat_by(90, d1, here)
        why = ("too_early" if here else "no_customers") if share is None else None
        return {"value": share, "low": low, "high": high, "n": len(here), "why_null": why}

    def repeat_by(self, days: int, day: dt.date, who: Sequence[str]) -> tuple[float | None, ...]:
        """Share with a second purchase within so many days, as seen on a day, and its interval."""
        gaps = self.gaps(day, [1], who)
        if not gaps:
            return None, None, None
        points = [point for point in self.kaplan_meier(gaps) if point.days <= days]
        share = points[-1].share if points else Fraction(0)
        if max(length for length, _ended in gaps) < days and share < 1:
            return None, None, None
        return float(share), *(log_log(points[-1]) if points else (None, None))

    # -- panels --------------------------------------------------------------------------------------

    def revenue(self, grain: str) -> list[Row]:
        rows = []
        for start, end in self.periods(grain):
            first, later = [], []
            for customer in self.customers_in_scope:
                for purchase in self.bought(customer, start - dt.timedelta(days=1), min(end, self.as_of)):
                    is_first = purchase.day == self.purchases[customer][0].day
                    (first if is_first else later).append((customer, purchase.value))
            no_money = bool(first + later) and total(value for _c, value in first + later) is None
            new = total(value for _c, value in first) or 0
            returning = total(value for _c, value in later) or 0
            rows.append(
                {
                    "period_start": start,
                    "period_end": end,
                    "new_value": None if no_money else new,
                    "returning_value": None if no_money else returning,
                    "returning_share": returning / (new + returning) if new + returning else None,
                    "new_customers": len({customer for customer, _value in first}),
                    "returning_customers": len({customer for customer, _value in later}),
                    "finished": end <= self.as_of,
                }
            )
        return rows

    def reasons(self) -> dict[str, Row]:
        """Orders left out by reason: how many, their value and the rows of the files that made them."""
        rows: dict[str, Row] = {}
        for order in self.left_out:
            row = rows.setdefault(order["reason"], {"rows": 0, "orders": 0, "values": []})
            row["rows"] += order["row_count"]
            row["orders"] += 1
            row["values"].append(order["value"])
        return {
            reason: {"rows": row["rows"], "orders": row["orders"], "value": total(row["values"])}
            for reason, row in rows.items()
        }
