"""Intervals of means over few customers, as questions get them."""

import pytest

from cockpit.errors import Cancelled
from cockpit.forecast import resampling
from cockpit.shop import Ticket
from tests.shops import shop_from


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
