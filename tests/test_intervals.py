"""Intervals of means over few customers, as questions get them."""

import pytest

from cockpit.errors import Cancelled
from cockpit.forecast import resampling
from cockpit.shop import Ticket
from tests.shops import Order, shop_from


def test_a_question_is_cancelled_while_its_intervals_are_drawn(monkeypatch: pytest.MonkeyPatch):
    ticket, drawn, reached = Ticket(), resampling.ratio_intervals, []

    def cancelled_meanwhile(groups, beat):
        reached.append(len(groups))
        ticket.cancel()
        return drawn(groups, beat)

    monkeypatch.setattr(resampling, "ratio_intervals", cancelled_meanwhile)
    with shop_from([("ann", "2025-01-01", 1.0), ("bob", "2025-01-02", 2.0)]) as shop:
        with pytest.raises(Cancelled):
            shop.kpi("historic_clv", ticket)
        assert reached == [1]


def test_only_the_groups_of_few_customers_are_drawn_from(monkeypatch: pytest.MonkeyPatch):
    drawn, sizes = resampling.ratio_intervals, []

    def noted(groups, beat):
        sizes.extend(amounts.size for amounts, _bases in groups)
        return drawn(groups, beat)

    monkeypatch.setattr(resampling, "ratio_intervals", noted)
    many = [Order(f"n{n}", "2025-01-01", float(n % 7 + 1), country="NO") for n in range(2_000)]
    few = [Order(f"s{n}", "2025-01-01", float(n % 5 + 1), country="SE") for n in range(30)]
    unknown = [Order(f"u{n}", "2025-01-01", float(n % 3 + 1)) for n in range(20)]
    with shop_from([*many, *few, *unknown]) as shop:
        group, *others = shop.panel("segments", by="country").frame.rows(named=True)
        assert group["clv_high"] - group["clv"] == pytest.approx(group["clv"] - group["clv_low"])
        assert all(row["clv_low"] < row["clv"] < row["clv_high"] for row in others)
        assert sorted(sizes) == [20, 30]
        sizes.clear()
        shop.panel("value", calendar="month")
        assert sizes == []
