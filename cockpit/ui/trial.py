"""The test of the forecast on the shop's own past, behind the owner's back and never in their way."""

import contextvars
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING

from textual.message import Message

from cockpit.errors import Cancelled, CockpitError
from cockpit.progress import Step
from cockpit.ui import crash
from cockpit.ui.messages import ForecastStepped, ForecastTested

if TYPE_CHECKING:
    from cockpit.shop import Shop, Ticket

_numbers = count(1)

_OFTEN_ENOUGH = 0.25
"""Seconds between two signs of life."""


class Trial:
    """Runs in a daemon thread of its own; `tell` is called there with what it has to say.

    Escape may interrupt every question to the shop: the test then begins again, until `cancel`.
    """

    def __init__(self, shop: "Shop", tell: Callable[[Message], object]) -> None:
        self.number = next(_numbers)
        self._shop = shop
        self._settings = shop.settings
        self._tell = tell
        self._ticket: Ticket | None = None
        self._told = -_OFTEN_ENOUGH
        self._cancelled = threading.Event()
        context = contextvars.copy_context()  # Textual finds its app through it
        self._thread = threading.Thread(target=lambda: context.run(self._run), daemon=True, name="trial")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def is_about(self, shop: "Shop") -> bool:
        """Whether it runs, or ran to its end, for a shop as it is counted now."""
        return self.wanted and self._shop is shop and self._settings == shop.settings

    @property
    def wanted(self) -> bool:
        """Whether nobody has cancelled it."""
        return not self._cancelled.is_set()

    def cancel(self) -> None:
        """Stop for good at the next sign of life."""
        self._cancelled.set()
        ticket = self._ticket
        if ticket is not None:
            ticket.cancel()

    def over(self, seconds: float = 0.0) -> bool:
        """Wait for so long at most; whether the thread has come to its end."""
        if self._thread.ident is None:
            return True
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        with suppress(RuntimeError):  # the app has left meanwhile
            problem, changed = None, False
            try:
                changed = self._test()
            except Cancelled:
                return
            except CockpitError as expected:
                problem = expected
            except BaseException as error:  # polars panics are no Exception
                problem = crash.explained(error)
            if self.wanted:
                self._tell(ForecastTested(self.number, changed, problem))

    def _test(self) -> bool:
        from cockpit.shop import Ticket

        while True:
            self._ticket = Ticket()
            before = self._shop.generation
            try:
                self._report(Step("forecast"))
                if self._shop.panel("backtest_verdicts", self._ticket).frame.is_empty():
                    self._shop.backtest(self._report, self._ticket)
            except Cancelled:
                if not self.wanted:
                    raise
                continue
            return self._shop.generation != before

    def _report(self, step: Step) -> None:
        if not self.wanted:
            raise Cancelled
        now = time.monotonic()
        if now - self._told < _OFTEN_ENOUGH:
            return
        self._told = now
        self._tell(ForecastStepped(self.number, step))
