"""Who is active, and what became of them from one day to another."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from tests.reference.customers import Customers
from tests.reference.figures import (
    Row,
    calendar_period,
    wilson,
)


@dataclass(frozen=True)
class Bridge(Customers):
    """Activity, and the bridge over a period."""

    # -- activity and the bridge ---------------------------------------------------------------------

    def active(self, customer: str, day: dt.date, window: int | None = None) -> bool:
        """A purchase in (day − window, day]."""
        return bool(self.bought(customer, day - dt.timedelta(days=window or self.window), day))

    def everyone_active(self, day: dt.date, window: int | None = None) -> set[str]:
        return {customer for customer in self.customers_in_scope if self.active(customer, day, window)}

    def state(self, customer: str, d0: dt.date, d1: dt.date, window: int) -> str | None:
        """What became of the customer in (d0, d1]; None for nothing at all."""
        first_inside = d0 < self.purchases[customer][0].day <= d1
        before, after = self.active(customer, d0, window), self.active(customer, d1, window)
        if before:
            return "retained" if after else "lost"
        if after:
            return "new" if first_inside else "won_back"
        if self.bought(customer, d0, d1):
            return "new_gone" if first_inside else "back_gone"
        return None

    def states(self, d0: dt.date, d1: dt.date, window: int) -> dict[str, int]:
        """How many customers in scope are in each state."""
        counts = dict.fromkeys(("retained", "lost", "new", "won_back", "new_gone", "back_gone"), 0)
        for customer in self.customers_in_scope:
            state = self.state(customer, d0, d1, window)
            if state is not None:
                counts[state] += 1
        return counts

    def why_no_rate(self, d0: dt.date, d1: dt.date, window: int | None, start: int) -> str | None:
        if window is None:
            return "no_window"
        if d1 > self.as_of:
            return "unfinished"
        if d0 < self.first_day + dt.timedelta(days=window - 1):
            return "too_early"
        return "no_customers" if start == 0 else None

    def periods(self, grain: str) -> list[tuple[dt.date, dt.date]]:
        """First and last day of each calendar period from the first purchase to the as-of date."""
        found, day = [], self.first_day
        while day <= self.as_of:
            period = calendar_period(day, grain)
            found.append(period)
            day = period[1] + dt.timedelta(days=1)
        return found

    def bridge(self, grain: str, window: int | None) -> list[Row]:
        return [self._bridge_row(start, end, window) for start, end in self.periods(grain)]

    def _bridge_row(self, start: dt.date, end: dt.date, window: int | None) -> Row:
        d0 = start - dt.timedelta(days=1)
        counts = self.states(d0, end, window) if window else defaultdict(int)
        s = counts["retained"] + counts["lost"]
        why = self.why_no_rate(d0, end, window, s)
        counted = why in (None, "no_customers")
        over = window is not None and end <= self.as_of
        low, high = wilson(counts["lost"], s) if why is None else (None, None)
        return {
            "period_start": start,
            "period_end": end,
            "customers_start": s if window else None,
            "lost": counts["lost"] if counted else None,
            "won_back": counts["won_back"] if counted else None,
            "new": counts["new"] if over else None,
            "new_gone": counts["new_gone"] if over else None,
            "back_gone": counts["back_gone"] if over else None,
            "retained": counts["retained"] if counted else None,
            "customers_end": counts["retained"] + counts["new"] + counts["won_back"] if over else None,
            "churn_rate": counts["lost"] / s if why is None else None,
            "churn_low": low,
            "churn_high": high,
            "retention_rate": counts["retained"] / s if why is None else None,
            "why_null": why,
        }

    def churn_by_window(self, d0: dt.date, d1: dt.date) -> list[Row]:
        rows = []
        for window in sorted({60, 90, 180, 365} | ({self.window} if self.window else set())):
            counts = self.states(d0, d1, window)
            s = counts["retained"] + counts["lost"]
            why = self.why_no_rate(d0, d1, window, s)
            low, high = wilson(counts["lost"], s) if why is None else (None, None)
            rows.append(
                {
                    "window_days": window,
                    "in_force": window == self.window,
                    "customers_start": s if why is None else None,
                    "lost": counts["lost"] if why is None else None,
                    "retained": counts["retained"] if why is None else None,
                    "churn_rate": counts["lost"] / s if why is None else None,
                    "churn_low": low,
                    "churn_high": high,
                    "retention_rate": counts["retained"] / s if why is None else None,
                    "why_null": why,
                }
            )
        return rows
