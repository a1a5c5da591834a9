"""How long work reports where it stands, hears that it should stop, and is judged by its pace."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from cockpit.language import gettext as _

Stage = Literal["reading", "cleaning", "tables", "forecast"]
STAGES: tuple[Stage, ...] = ("reading", "cleaning", "tables", "forecast")


@dataclass(frozen=True, slots=True)
class Step:
    """One sign of life: `done` of `total` units of a stage; `total` is 0 while unknown.

    Units of reading are bytes of the files, those of the other stages rows.
    """

    stage: Stage
    done: int = 0
    total: int = 0
    note: str = ""


Progress = Callable[[Step], None]
"""Called often from the working thread; it may raise `Cancelled`, and the work lets that through."""


def silent(step: Step) -> None:
    """Report to nobody."""


@dataclass(slots=True)
class Meter:
    """Counts the work of one stage. More of it may become known on the way; what is done never goes back."""

    progress: Progress
    stage: Stage
    total: int = 0
    done: int = 0
    note: str = ""

    def expect(self, units: int) -> None:
        """Plan for so much more work."""
        self.total += units

    def move(self, units: int = 0, note: str | None = None) -> None:
        """Report that so much more is done; nothing more is a sign of life. May raise `Cancelled`."""
        self.done += units
        self.note = self.note if note is None else note
        total = self.total if self.total >= self.done else 0
        self.progress(Step(self.stage, self.done, total, self.note))


@dataclass(slots=True)
class Pass:
    """One file's share of a stage: `units` of a meter, gone through once, or again where that is needed."""

    meter: Meter
    units: int
    note: str = ""
    _reached: int = 0

    def at(self, done: int) -> None:
        """Report that `done` of the units are behind; 0 begins the file again, which is more work."""
        if done == 0 and self._reached:
            self.meter.expect(self._reached)
            self._reached = 0
            self.note = _("{file} once more").format(file=self.note) if self.note else _("once more")
        further = max(min(done, self.units) - self._reached, 0)
        self._reached += further
        self.meter.move(further, self.note)

    def end(self) -> None:
        """Report that the file is done, whatever of it was left unread."""
        self.meter.move(self.units - self._reached)
        self._reached = self.units


@dataclass(frozen=True, slots=True)
class Standing:
    """Where work stands: the share of its stage that is done (None: unknown), what it says, its pace.

    `rate` is in units a second, `left` the seconds to the end of the stage; None while they can't be told.
    """

    stage: Stage
    share: float | None
    note: str = ""
    rate: float | None = None
    left: float | None = None

    @property
    def pace(self) -> str:
        """Rate and end in words, such as `41 MB/s, about 12 s left`; empty while unknown."""
        return ", ".join(filter(None, (_rate_in_words(self.stage, self.rate), _left_in_words(self.left))))


LOOKS_BACK = 8.0  # seconds over which a rate is taken
SOONEST = 0.7  # seconds of a stage after which its rate means something


@dataclass(slots=True)
class Pace:
    """Follows the steps of one piece of work, and tells where it stands; shares never go back."""

    clock: Callable[[], float] = time.monotonic
    _stage: Stage | None = None
    _seen: deque[tuple[float, int]] = field(default_factory=deque)
    _total: int = 0
    _from: int = 0  # where the present plan began, and what share was done by then
    _floor: float = 0.0

    def take(self, step: Step) -> Standing:
        """Return where the work stands after this step."""
        now = self.clock()
        if step.stage != self._stage:
            self._stage, self._total, self._from, self._floor = step.stage, step.total, 0, 0.0
            self._seen.clear()
        elif step.total != self._total:
            self._floor = self._share(self._seen[-1][1]) or 0.0
            self._from, self._total = min(self._seen[-1][1], step.done), step.total
            self._seen.clear()  # other work, of another speed
        self._seen.append((now, step.done))
        while len(self._seen) > 2 and now - self._seen[1][0] > LOOKS_BACK:
            self._seen.popleft()
        began, first = self._seen[0]
        rate = None
        if now - began >= SOONEST and step.done > first:
            rate = (step.done - first) / (now - began)
        left = (step.total - step.done) / rate if rate and step.total else None
        return Standing(step.stage, self._share(step.done), step.note, rate, left)

    def _share(self, done: int) -> float | None:
        if self._total <= 0:
            return None
        planned = self._total - self._from
        further = min(max((done - self._from) / planned, 0.0), 1.0) if planned > 0 else 1.0
        return self._floor + (1 - self._floor) * further


def _rate_in_words(stage: Stage, rate: float | None) -> str:
    if rate is None:
        return ""
    if stage == "reading":
        return _("{n} MB/s").format(n=f"{rate / 1e6:,.0f}" if rate >= 1e7 else f"{rate / 1e6:.1f}")
    return _("{n} rows/s").format(n=f"{float(f'{rate:.2g}'):,.0f}")


def _left_in_words(left: float | None) -> str:
    if left is None or left < 1:
        return ""
    if left < 90:
        return _("about {n} s left").format(n=round(left))
    if left < 5400:
        return _("about {n} min left").format(n=round(left / 60))
    return _("about {n} h left").format(n=round(left / 3600))
