"""Small questions, asked two at a time.

Planning is most of what they cost, and duckdb plans a statement in one thread.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Answer = TypeVar("Answer")


def side_by_side(*asks: Callable[[], Answer]) -> list[Answer]:
    """The answers, in the order of the questions; raises what the first raises that fails."""
    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(lambda ask: ask(), asks))
