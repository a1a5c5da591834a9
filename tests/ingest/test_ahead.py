"""What is worked on one thing ahead comes in the same order, and fails where it would have failed."""

import threading
from collections.abc import Iterator

import pytest

from cockpit.ingest.ahead import one_ahead, one_by_one


@pytest.mark.parametrize("ahead", [one_ahead, one_by_one])
def test_each_thing_comes_with_its_work_in_order(ahead):
    assert list(ahead(range(5), lambda n: n * n)) == [(0, 0), (1, 1), (2, 4), (3, 9), (4, 16)]
    assert list(ahead([], str)) == []


def test_the_next_is_at_work_while_this_one_is_taken():
    begun = [threading.Event() for _ in range(3)]
    for number, _done in one_ahead(range(3), lambda n: begun[n].set()):
        if number < 2:
            assert begun[number + 1].wait(10)


def test_a_failure_comes_when_its_thing_is_due_and_little_later_is_begun():
    begun: list[int] = []

    def work(number: int) -> float:
        begun.append(number)
        return 1 / (2 - number)

    def taken() -> Iterator[int]:
        for number, _done in one_ahead(range(9), work):
            yield number

    numbers = taken()
    assert [next(numbers), next(numbers)] == [0, 1]
    with pytest.raises(ZeroDivisionError):
        next(numbers)
    assert max(begun) <= 3
