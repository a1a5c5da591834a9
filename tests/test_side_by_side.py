"""Two questions at a time: all are answered, in order, and a failure is that of the first."""

import threading

import pytest

from cockpit.side_by_side import side_by_side


def test_answers_stand_in_the_order_of_the_questions():
    first_waits = threading.Event()

    def first() -> int:
        assert first_waits.wait(10), "the second does not run beside the first"
        return 1

    assert side_by_side(first, lambda: first_waits.set() or 2, lambda: 3) == [1, 2, 3]
    assert side_by_side() == []


def test_whatever_runs_has_ended_when_a_failure_is_told():
    goes_on, ended = threading.Event(), []

    def fails() -> int:
        assert goes_on.wait(10)
        raise ValueError("of the first")

    def goes_on_longer() -> int:
        goes_on.set()
        threading.Event().wait(0.2)
        ended.append(2)
        return 2

    with pytest.raises(ValueError, match="of the first"):
        side_by_side(fails, goes_on_longer)
    assert ended == [2]
