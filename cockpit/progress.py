"""How long work reports where it stands, and hears that it should stop."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Stage = Literal["reading", "cleaning", "tables", "forecast"]
STAGES: tuple[Stage, ...] = ("reading", "cleaning", "tables", "forecast")


@dataclass(frozen=True, slots=True)
class Step:
    """One sign of life: `done` of `total` units (bytes or rows) of a stage; `total` is 0 while unknown."""

    stage: Stage
    done: int = 0
    total: int = 0
    note: str = ""


Progress = Callable[[Step], None]
"""Called often from the working thread; it may raise `Cancelled`, and the work lets that through."""


def silent(step: Step) -> None:
    """Report to nobody."""
