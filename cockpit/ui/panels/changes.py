"""What changed in a period, in sentences that say no more than the intervals do; each opens."""

from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from cockpit.figures import Figures
from cockpit.formats import Formatter
from cockpit.ui.panels.columns import interval
from cockpit.ui.panels.periods import period_names

_PERIODS_A_YEAR = {"month": 12, "quarter": 4}


@dataclass(frozen=True)
class Change:
    """A sentence, and the figure that Enter opens."""

    sentence: str
    figures: Figures
    column: str
    row: int


def changes(bridge: Figures, revenue: Figures, row: int, formatter: Formatter) -> tuple[Change, ...]:
    """What the period in this row of both answers brought, against the one before and a year before."""
    about = _About(bridge, row, formatter)
    said = [Change(about.churn(), bridge, "churn_rate", row)]
    customers = about.customers()
    if customers:
        said.append(Change(customers, bridge, "customers_end", row))
    money = _money(revenue, row, about, formatter)
    if money:
        said.append(Change(money, revenue, "returning_value", row))
    return tuple(said)


class _About:
    """One period of the bridge, and the ones that it is held against."""

    def __init__(self, bridge: Figures, row: int, formatter: Formatter) -> None:
        self.formatter = formatter
        self.names = period_names(bridge, formatter)
        self.name = self.names[row]
        self.before_row = row - 1 if row > 0 else None
        years_row = row - _PERIODS_A_YEAR.get(str(bridge.parameters.get("grain")), row + 1)
        self.year_row = years_row if years_row >= 0 else None
        self._bridge = bridge
        self._now = self._values(row)

    def _values(self, row: int | None) -> dict[str, Any]:
        return {} if row is None else self._bridge.frame.row(row, named=True)

    def churn(self) -> str:
        """The rate and its interval; rose or fell only where the two intervals have nothing in common."""
        now, before, write = self._now, self._values(self.before_row), self.formatter.percent
        if now["churn_rate"] is None:
            why = self._bridge.query.columns["why_null"].sentences.get(now["why_null"], "–")
            return _("No churn rate for {period}: {why}.").format(period=self.name, why=_(why))
        ends = interval(self.formatter, now["churn_low"], now["churn_high"])
        words = {
            "period": self.name,
            "now": f"{write(now['churn_rate'])} ({ends})",
            "lost": self.formatter.number(now["lost"]),
            "start": self.formatter.number(now["customers_start"]),
        }
        if before.get("churn_rate") is None:
            sentence = _("Churn in {period} was {now}: {lost} of {start} customers lost.")
            return sentence.format(**words)
        words |= {"before": write(before["churn_rate"]), "previous": self.names[self.before_row or 0]}
        if now["churn_low"] > before["churn_high"]:
            sentence = _("Churn rose to {now} in {period}, from {before} in {previous}")
        elif now["churn_high"] < before["churn_low"]:
            sentence = _("Churn fell to {now} in {period}, from {before} in {previous}")
        else:
            sentence = _("Churn in {period}, {now}, shows no clear change from {before} in {previous}")
        return sentence.format(**words) + self._a_year_before() + "."

    def _a_year_before(self) -> str:
        rate = self._values(self.year_row).get("churn_rate")
        if rate is None or self.year_row is None or self.year_row == self.before_row:
            return ""
        words = {"rate": self.formatter.percent(rate), "period": self.names[self.year_row]}
        return _("; it was {rate} in {period}").format(**words)

    def customers(self) -> str | None:
        """How many there are at the end, and by which terms of the bridge."""
        now, write = self._now, self.formatter.number
        if now["lost"] is None or now["customers_end"] is None:
            return None
        more = now["customers_end"] - now["customers_start"]
        words = {
            "end": write(now["customers_end"]),
            "more": write(abs(more)),
            "new": write(now["new"]),
            "back": write(now["won_back"]),
            "lost": write(now["lost"]),
        }
        if more > 0:
            sentence = _(
                "{end} active customers at its end, {more} more than at its start:"
                " {new} new and {back} won back against {lost} lost."
            )
        elif more < 0:
            sentence = _(
                "{end} active customers at its end, {more} fewer than at its start:"
                " {new} new and {back} won back did not make up for {lost} lost."
            )
        else:
            sentence = _(
                "{end} active customers at its end, as many as at its start:"
                " {new} new and {back} won back against {lost} lost."
            )
        return sentence.format(**words)


def _money(revenue: Figures, row: int, about: _About, formatter: Formatter) -> str | None:
    """The share of the money that came from returning customers: a sum, so it has no interval."""
    shares = revenue.frame.get_column("returning_share").to_list()
    if shares[row] is None:
        return None
    words = {
        "money": formatter.money_short(revenue.frame.item(row, "returning_value")),
        "share": formatter.percent(shares[row], 0),
    }
    if about.before_row is None or shares[about.before_row] is None:
        return _("Returning customers brought {money}, {share} of the money.").format(**words)
    words |= {
        "before": formatter.percent(shares[about.before_row], 0),
        "previous": about.names[about.before_row],
    }
    sentence = _("Returning customers brought {money}, {share} of the money ({before} in {previous}).")
    return sentence.format(**words)
