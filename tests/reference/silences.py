"""How long customers have been silent, and what the models say of that."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from statistics import mean, median

from scipy.integrate import quad
from scipy.special import beta

from tests.reference.figures import (
    Row,
    curve_at,
    first_day_with,
)
from tests.reference.orders import Orders


@dataclass(frozen=True)
class Silences(Orders):
    """Silence, status and the forecast of each customer."""

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
