"""What the numbers should be: the definitions again, in the slowest and plainest Python.

It reads the canonical orders and lines as dicts and shares nothing with the SQL but the definitions: no
next purchase, no scope table, no windows over rows. Shares that decide something are exact fractions.
"""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from statistics import mean, median, stdev
from typing import Any

from scipy.integrate import quad
from scipy.special import beta

Row = dict[str, Any]
STEPS = (30, 45, 60, 90, 120, 180, 270, 365, 540, 730)
MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Purchase:
    """All eligible orders of one customer on one day."""

    day: dt.date
    orders: int
    value: float | None


@dataclass(frozen=True)
class Point:
    """The Kaplan–Meier curve on a day on which a gap ended or was cut off."""

    days: int
    at_risk: int
    returned: int
    share: Fraction
    log_variance: float


@dataclass(frozen=True)
class Reference:
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
    def purchases(self) -> dict[str, list[Purchase]]:
        """Every customer's purchases, the first one first."""
        days: dict[str, dict[dt.date, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for order in self.eligible:
            days[order["customer_id"]][order["ordered_at"].date()].append(order)
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
        return self.chosen_as_of or max(bought[-1].day for bought in self.purchases.values())

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

    # -- silence and status --------------------------------------------------------------------------

    def silence(self, customer: str, day: dt.date) -> Row:
        """How long the customer has been silent, and the share of gaps that last longer."""
        days = [purchase.day for purchase in self.bought(customer, dt.date.min, day)]
        silent = (day - days[-1]).days
        own = [(later - earlier).days for earlier, later in pairwise(days)]
        if own and self.model is not None:
            share = math.exp(-self._log_silence(days, day))
            usual = self._gap_quantile(0.5, days)
        elif own:
            shop = self.returns(day)
            longer = sum(1 for gap in own if gap > silent)
            share = (longer + 2 * (1 - curve_at(shop, silent))) / (len(own) + 2)
            shops_median = first_day_with(shop, Fraction(1, 2))
            own_median = median(own)
            others = own_median if shops_median is None else shops_median
            usual = (len(own) * own_median + 2 * others) / (len(own) + 2)
        else:
            second = self.returns(day, [1])
            share = 1 - curve_at(second, silent)
            usual = first_day_with(second, Fraction(1, 2))
        return {
            "last_day": days[-1],
            "purchases": len(days),
            "days_since_last": silent,
            "usual_gap_days": usual,
            "silence_one_in": min(1 / float(share), 1000.0) if share else 1000.0,
            "share_longer": share,
        }

    def status(self, customer: str, day: dt.date, window: int | None) -> str | None:
        if window is None:
            return None
        silence = self.silence(customer, day)
        if silence["days_since_last"] >= window:
            return "lapsed"
        return "at_risk" if silence["share_longer"] <= Fraction(1, 4) else "active"

    # -- what the purchase model says of a customer (METRICS.md, "The forecast") ----------------------

    def why_no_model(self) -> str | None:
        if len(self.purchases) < 30:
            return "few_customers"
        if all(len(bought) == 1 for bought in self.purchases.values()):
            return "no_repeats"
        history = (self.as_of - self.first_day).days
        return "short_history" if history < 2 * (self.suggested_window or self.window or 45) else None

    def _log_silence(self, days: Sequence[dt.date], day: dt.date) -> float:
        r, alpha = self.model["r"], self.model["alpha"]
        age, t_x = (day - days[0]).days, (days[-1] - days[0]).days
        return (r + len(days) - 1) * math.log((alpha + age) / (alpha + t_x))

    def _gap_quantile(self, q: float, days: Sequence[dt.date]) -> float:
        r, alpha = self.model["r"], self.model["alpha"]
        exponent = 1 / (r + len(days) - 1)
        return min((alpha + (days[-1] - days[0]).days) * ((1 - q) ** -exponent - 1), 36525)

    def chances(self, customer: str) -> Row:
        """P(alive), P(no order), and the day by which the next order is due."""
        if self.model is None:
            return dict.fromkeys(("p_alive", "p_no_order_30d", "p_no_order_90d", "next_order_due"))
        days = [purchase.day for purchase in self.purchases[customer]]
        x, age = len(days) - 1, (self.as_of - days[0]).days
        odds_gone = self.model["a"] / (self.model["b"] + x) * math.exp(self._log_silence(days, self.as_of))
        alive = 1 / (1 + odds_gone)

        def none_within(horizon: int) -> float:
            alpha, exponent = self.model["alpha"], self.model["r"] + x
            return 1 - alive * (1 - ((alpha + age) / (alpha + age + horizon)) ** exponent)

        due = days[-1] + dt.timedelta(days=math.ceil(self._gap_quantile(0.75, days)))
        return {
            "p_alive": alive,
            "p_no_order_30d": none_within(30),
            "p_no_order_90d": none_within(90),
            "next_order_due": due,
        }

    def expected_if_alive(self, x: int, age: int, horizon: float) -> float:
        """Purchases within the horizon: (1 − exp(−λph)) ÷ p, over who λ and p may be, by quadrature.

        λ ~ Gamma(r + x, α + age) and p ~ Beta(a, b + x + 1) after x repeats of one who is still a customer.
        """
        r, alpha, a, b = (self.model[name] for name in ("r", "alpha", "a", "b"))

        def of(p: float) -> float:
            if p == 0:
                return (r + x) * horizon / (alpha + age)
            return (1 - ((alpha + age) / (alpha + age + p * horizon)) ** (r + x)) / p

        return quad(of, 0, 1, weight="alg", wvar=(a - 1, b + x))[0] / beta(a, b + x + 1)

    def clv_12m(self, customer: str) -> float | None:
        """P(alive) × worth of a purchase × purchases in 12 months, each month's discounted at its end."""
        if self.model is None or self.spend is None or self.spend["p"] is None:
            return None
        first, *repeats = self.purchases[customer]
        p, q, gamma = (self.spend[name] for name in ("p", "q", "gamma"))
        known = [purchase.value for purchase in repeats]
        worth, x = self.spend["mean"], len(repeats)
        if known and mean(known) > 0:
            worth = p * (gamma + x * min(mean(known), self.spend["ceiling"])) / (p * x + q - 1)
        age = (self.as_of - first.day).days
        by_month = [self.expected_if_alive(x, age, month * 365 / 12) for month in range(13)]
        discounted = math.fsum(
            (until - before) / 1.10 ** (month / 12)
            for month, (before, until) in enumerate(pairwise(by_month), start=1)
        )
        return self.chances(customer)["p_alive"] * worth * discounted

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

    def todays_work(self) -> list[Row]:
        if self.window is None:
            kinds = ("regulars_quiet", "first_not_back", "win_back")
            return [{"work": work, "customers": None, "value": None} for work in kinds]
        here = [self.customers[customer] for customer in self.customers_in_scope]
        at_risk = [row for row in here if row["status"] == "at_risk"]
        to_do = {
            "regulars_quiet": [row for row in at_risk if row["purchases"] > 1],
            "first_not_back": [row for row in at_risk if row["purchases"] == 1],
            "win_back": [
                row for row in here if row["status"] == "lapsed" and row["days_since_last"] < 2 * self.window
            ],
        }
        return [
            {
                "work": work,
                "customers": len(rows),
                "value": total(row["value"] for row in rows) if rows else 0,
            }
            for work, rows in to_do.items()
        ]

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


SIZES = {1: "small", 2: "middle", 3: "large"}
TIERS = {1: "top 1 %", 10: "top 10 %", 20: "top 20 %", 50: "upper half", 100: "lower half"}
SEGMENTS: Mapping[str, str] = {
    **dict.fromkeys(("11", "12"), "dormant"),
    **dict.fromkeys(("21", "22"), "hibernating"),
    **dict.fromkeys(("13", "14", "23", "24"), "slipping"),
    **dict.fromkeys(("15", "25"), "can't lose"),
    **dict.fromkeys(("31", "32"), "about to sleep"),
    "33": "need attention",
    **dict.fromkeys(("34", "35", "44", "45"), "loyal"),
    "41": "promising",
    "51": "new",
    **dict.fromkeys(("42", "43", "52", "53"), "potential loyalists"),
    **dict.fromkeys(("54", "55"), "champions"),
}


def total(values: Iterable[float | None]) -> float | None:
    """Their sum; None when none is known."""
    known = [value for value in values if value is not None]
    return math.fsum(known) if known else None


def log_log(point: Point) -> tuple[float | None, float | None]:
    """Greenwood's 95 % interval of the share returned, on the scale of log(−log(waiting))."""
    if not 0 < point.share < 1:
        return None, None
    waiting = float(1 - point.share)
    spread = 1.96 * math.sqrt(point.log_variance) / abs(math.log(waiting))
    return 1 - waiting ** math.exp(-spread), 1 - waiting ** math.exp(spread)


def ratio_with_interval(pairs: Sequence[tuple[float, float]]) -> tuple[Any, Any, Any]:
    """Σy ÷ Σx over pairs (y, x) ± 1.96 standard errors, from what is left of y (Cochran 1977, ch. 6)."""
    base = math.fsum(x for _y, x in pairs)
    if not base:
        return None, None, None
    ratio = math.fsum(y for y, _x in pairs) / base
    if len(pairs) == 1:
        return ratio, None, None
    squares = math.fsum((y - ratio * x) ** 2 for y, x in pairs)
    error = math.sqrt(squares * len(pairs) / (len(pairs) - 1)) / abs(base)
    return ratio, ratio - 1.96 * error, ratio + 1.96 * error


def interval(known: tuple[Any, Any, Any]) -> Row:
    """A figure and its interval, as the strip names them."""
    return dict(zip(("value", "low", "high"), known, strict=True))


def tags_of(cell: str | None) -> list[str]:
    """What stands between the commas and semicolons of a cell."""
    parts = (cell or "").replace(";", ",").split(",")
    return [part.strip() for part in parts if part.strip()]


def cents(value: float | None) -> int | None:
    return None if value is None else round(value * 100)


def share_up_to(value: Any, values: Sequence[Any]) -> Fraction:
    """The share of values that are this one or less."""
    return Fraction(sum(1 for other in values if other <= value), len(values))


def curve_at(curve: Sequence[tuple[int, Fraction]], days: int) -> Fraction:
    reached = [share for day, share in curve if day <= days]
    return reached[-1] if reached else Fraction(0)


def first_day_with(curve: Sequence[tuple[int, Fraction]], share: Fraction) -> int | None:
    return next((day for day, reached in curve if reached >= share), None)


def last_known(orders: Sequence[Row], name: str) -> Any:
    known = [order[name] for order in orders if order[name] is not None]
    return known[-1] if known else None


def wilson(k: int, n: int) -> tuple[float, float]:
    """Wilson (1927), 95 %: centre ± half-width."""
    z, p = 1.96, k / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return max(0.0, centre - half), min(1.0, centre + half)


def calendar_period(day: dt.date, grain: str) -> tuple[dt.date, dt.date]:
    """First and last day of the month, quarter or year that the day lies in."""
    months = MONTHS[grain]
    first = dt.date(day.year, (day.month - 1) // months * months + 1, 1)
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return first, dt.date(year, month + 1, 1) - dt.timedelta(days=1)
