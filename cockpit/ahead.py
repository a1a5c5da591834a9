"""A choice that is made ready before the owner has decided on it."""

import threading
from collections.abc import Callable
from contextlib import suppress

from cockpit.conditions import Condition
from cockpit.errors import Cancelled
from cockpit.state import State
from cockpit.warehouse.connection import Ticket, Warehouse, Writer

_LOOKS_ROUND = 0.02
"""Seconds after which the one who waits for a decision looks whether others want to write."""


Make = Callable[[Writer, tuple[Condition, ...]], State]
"""Makes the tables of a filter, and says what is in force with them."""

GoOn = Callable[[Writer, State, Callable[[], bool]], None]
"""Does what can be done besides, until what it is given as the last says that it is over."""


class Foresight:
    """Keeps one filter ready at most: the one that is likely to be the next."""

    def __init__(self, warehouse: Warehouse, make: Make) -> None:
        self._warehouse, self._make = warehouse, make
        self._ahead: Ahead | None = None

    def expect(self, conditions: tuple[Condition, ...] | None, go_on: GoOn) -> None:
        """Make this filter ready in place of another, then `go_on`; None: none is likely. Returns at once."""
        if self._ahead is not None:
            if self._ahead.conditions == conditions:
                return
            self._ahead.drop()
        self._ahead = None
        if conditions is not None:
            self._ahead = Ahead(conditions, self._warehouse, self._make, go_on)

    def take(self, conditions: tuple[Condition, ...]) -> State | None:
        """Let the tables of this filter be there for all, if they are being made; nothing is ready then."""
        ahead, self._ahead = self._ahead, None
        if ahead is None:
            return None
        if ahead.conditions == conditions:
            return ahead.take()
        ahead.drop()
        return None


class Ahead:
    """A filter whose tables stand in a transaction that is open until somebody wants them, or not.

    It is made in a thread of its own, and gives way as soon as anybody else wants to write.
    """

    def __init__(
        self,
        conditions: tuple[Condition, ...],
        warehouse: Warehouse,
        make: Make,
        go_on: GoOn,
    ) -> None:
        self.conditions = conditions
        self._warehouse = warehouse
        self._make, self._go_on = make, go_on
        self._ticket = Ticket()
        self._decided = threading.Event()
        self._state: State | None = None
        self._thread = threading.Thread(target=self._run, name="filter made ready", daemon=True)
        self._thread.start()

    def take(self) -> State | None:
        """Let what is made be there for all; None where it could not be made or has given way."""
        self._decided.set()
        self._thread.join()
        return self._state

    def drop(self) -> None:
        """Let nothing of it stay; does not wait until it is gone."""
        self._ticket.cancel()
        self._decided.set()

    def _run(self) -> None:
        # Whatever goes wrong here goes wrong again, and is said, when the filter is asked for.
        with suppress(BaseException):
            with self._warehouse.writing(self._ticket) as writer:
                state = self._make(writer, self.conditions)
                self._go_on(writer, state, self._is_over)
                while not self._decided.wait(_LOOKS_ROUND):
                    writer.go_on()
                    if self._warehouse.is_awaited:
                        raise Cancelled
                writer.go_on()
            self._state = state

    def _is_over(self) -> bool:
        return self._decided.is_set() or self._warehouse.is_awaited
