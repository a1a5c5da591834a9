"""Loading an export in a thread of its own, which nobody has to wait for."""

import contextvars
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cockpit.conditions import Condition
from cockpit.errors import Cancelled, CockpitError, UsageError
from cockpit.progress import Step
from cockpit.settings import Settings
from cockpit.ui import crash
from cockpit.ui.watching import Seen, seen

if TYPE_CHECKING:
    from cockpit.shop import Shop, Ticket

_OFTEN_ENOUGH = 0.05
"""Seconds between two signs of life of the same stage."""


class Loading:
    """Opens a shop. The callbacks run in its thread, which is a daemon: quitting need not wait for it."""

    def __init__(
        self,
        files: Sequence[Path],
        settings: Settings,
        *,
        step: Callable[[Step], None],
        loaded: Callable[["Shop"], None],
        failed: Callable[[CockpitError | Cancelled], None],
        conditions: Sequence[Condition] | None = None,
    ) -> None:
        """Open `files` by `settings`; `conditions` are the filter instead.

        `dropped` are those of them that make no sense any more.
        """
        self.seen: Seen = ()
        self.dropped: tuple[Condition, ...] = ()
        self._conditions = conditions
        self._files = files
        self._settings = settings
        self._step = step
        self._loaded = loaded
        self._failed = failed
        self._cancelled = threading.Event()
        self._ticket: Ticket | None = None  # of whatever runs inside of duckdb
        self._last = ("", 0.0)
        context = contextvars.copy_context()  # Textual finds its app through it
        self._thread = threading.Thread(target=lambda: context.run(self._run), daemon=True, name="loading")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def cancel(self) -> None:
        """Stop at the next sign of life, or inside of the statement that runs."""
        self._cancelled.set()
        if self._ticket is not None:
            self._ticket.cancel()

    def over(self, seconds: float = 0.0) -> bool:
        """Wait for so long at most; whether the thread has come to its end."""
        if self._thread.ident is None:
            return True
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        with suppress(RuntimeError):  # the app has left meanwhile
            try:
                shop = self._open()
            except (Cancelled, CockpitError) as expected:
                self._failed(expected)
            except BaseException as error:  # polars panics are no Exception
                self._failed(crash.explained(error))
            else:
                self._loaded(shop)

    def _open(self) -> "Shop":
        # The data libraries are imported here, behind the first paint; so are the widgets that draw figures.
        from cockpit.shop import Shop, Ticket

        self._ticket = Ticket()
        self._report(Step("reading"))
        self.seen = seen(self._files)
        shop = Shop.open(*self._files, settings=self._settings, progress=self._report, ticket=self._ticket)
        if self._conditions is not None:
            self.dropped = _filter(shop, self._conditions)
        import cockpit.ui.main_screen  # noqa: F401

        if self._cancelled.is_set():
            shop.close()
            raise Cancelled
        return shop

    def _report(self, step: Step) -> None:
        if self._cancelled.is_set():
            raise Cancelled
        stage, told = self._last
        now = time.monotonic()
        if step.stage != stage or now - told >= _OFTEN_ENOUGH:
            self._last = (step.stage, now)
            self._step(step)


def _filter(shop: "Shop", conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    """Narrow the shop to those who meet the conditions that still make sense; return the others."""
    kept: list[Condition] = []
    for condition in conditions:
        with suppress(UsageError):
            shop.filter((*kept, condition))
            kept.append(condition)
    if not kept:
        shop.filter(())
    return tuple(condition for condition in conditions if condition not in kept)
