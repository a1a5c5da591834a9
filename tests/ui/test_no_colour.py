"""With NO_COLOR nothing is said by colour alone."""

import re

import pytest

from tests.ui.whole import text, whole


@pytest.fixture
def shop(regular_shop):
    return regular_shop


async def test_series_differ_by_marker_and_label_and_deltas_by_triangles(shop, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with whole(shop) as session:
        assert session.app.no_color
        shown = text(session)
        assert re.search(r"[▲▼≈] \d", shown)
        (legend,) = [line for line in shown.splitlines() if "Money from customers" in line]
        marks = re.findall(r"(\S) (?:returning|new)", legend)
        assert len(set(marks)) == len(marks) == 2
