import math

from cockpit.ui.widgets.spark import spark


def test_bars_run_from_lowest_to_highest():
    assert spark([1, 2, 3, 4, 5, 6, 7, 8]) == "▁▂▃▄▅▆▇█"
    assert spark([0, 10]) == "▁█"
    assert spark([5, 10], from_zero=True) == "▅█"


def test_gaps_and_level_rows():
    assert spark([1, None, math.nan, math.inf, 2]) == "▁   █"
    assert spark([5, 5]) == "▄▄"
    assert spark([]) == ""
    assert spark([None, None]) == "  "


def test_only_the_last_values_are_shown():
    assert spark([9, 1, 2], width=2) == "▁█"
    assert spark([9, 1, 2], width=0) == ""
