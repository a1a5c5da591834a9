"""Answers that were given before: going back to an earlier filter counts nothing anew."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Protocol, Self, TypeVar, cast

MOST_KEPT = 512
"""Answers of panels and of the strip, a few kilobytes each."""


class About(Protocol):
    """An answer that knows which scope it is about."""

    def under(self, generation: int) -> Self:
        """The same answer about a scope of another number that has the same customers."""
        ...


Answer = TypeVar("Answer", bound=About)


class Remembered:
    """The latest answers by what was asked, for any number of threads."""

    def __init__(self) -> None:
        self._answers: OrderedDict[Hashable, About] = OrderedDict()
        self._lock = threading.Lock()

    def latest(self) -> tuple[Hashable, ...]:
        """The questions whose answers are kept, the latest asked first."""
        with self._lock:
            return tuple(reversed(self._answers))

    def answer(self, question: Hashable, generation: int, ask: Callable[[], Answer]) -> Answer:
        """What was answered to the same question before, else what `ask` answers now."""
        with self._lock:
            known = self._answers.get(question)
            if known is not None:
                self._answers.move_to_end(question)
                return cast(Answer, known).under(generation)
        answer = ask()
        with self._lock:
            self._answers[question] = answer
            while len(self._answers) > MOST_KEPT:
                self._answers.popitem(last=False)
        return answer
