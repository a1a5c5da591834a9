"""When Python looks for garbage: never through all that libraries and shop have made, once they stand.

A full collection walks every object of the process. With the data libraries imported these are some 200,000,
which takes 150 to 250 ms of the event loop, at whatever moment: longer than anything the cockpit does itself.
Drawing sets it off, because it makes thousands of short-lived objects.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

THRESHOLDS = (1_000, 5, 100)
"""Objects made between two looks at the youngest, and of these looks between those at the older ones.

Python's own (700, 10, 10) look several times within one picture, and ten times as often at the oldest.
"""


class _Keeper:
    """Whether this process is one cockpit's, and whether what was there to stay has left since."""

    owned = False
    stirred = False


_keeper = _Keeper()


@contextmanager
def rarely() -> Iterator[None]:
    """Within, `settled` takes effect: for a process that has one cockpit only."""
    before = gc.get_threshold()
    gc.set_threshold(*THRESHOLDS)
    _keeper.owned = True
    try:
        yield
    finally:
        stirred()
        _keeper.owned = _keeper.stirred = False
        gc.set_threshold(*before)


def settled() -> None:
    """What there is now is there to stay: look for garbage only among what comes after."""
    if _keeper.owned:
        if _keeper.stirred:
            gc.collect()
        _keeper.stirred = False
        gc.freeze()


def stirred() -> None:
    """What was there to stay has left, such as a shop: it is garbage that the next `settled` must find."""
    if _keeper.owned:
        _keeper.stirred = True
        gc.unfreeze()
