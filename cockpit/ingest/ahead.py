"""Work on things one after the other, in the thread at hand or one thing ahead of it."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Thing = TypeVar("Thing")
Done = TypeVar("Done")


def one_by_one(things: Iterable[Thing], work: Callable[[Thing], Done]) -> Iterator[tuple[Thing, Done]]:
    """Yield each thing with what the work makes of it."""
    return ((thing, work(thing)) for thing in things)


def one_ahead(things: Iterable[Thing], work: Callable[[Thing], Done]) -> Iterator[tuple[Thing, Done]]:
    """The same; in a thread of its own the work on the next thing goes on while this one is taken.

    What the work raises is raised when its thing is due.
    """
    with ThreadPoolExecutor(1) as thread:
        at_work: list[tuple[Thing, Future[Done]]] = []
        for thing in things:
            at_work.append((thing, thread.submit(work, thing)))
            if len(at_work) > 1:
                yield _first(at_work)
        if at_work:
            yield _first(at_work)


def _first(at_work: list[tuple[Thing, Future[Done]]]) -> tuple[Thing, Done]:
    """Take the first away with its work done, so that nothing here holds on to it."""
    thing, future = at_work.pop(0)
    return thing, future.result()
