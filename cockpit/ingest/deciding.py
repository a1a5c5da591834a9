"""What holds for a whole file is decided over all its rows, though they are read part by part.

A file that fits in one part decides for itself. Of a longer one, the first part decides for the others; when
the last has been read and all of them together say otherwise, the file is read again under what they say.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Decisions:
    """What is decided, by name, and what the parts read so far show about it (anything that adds up)."""

    made: dict[str, Any] = field(default_factory=dict)
    shown: dict[str, Any] = field(default_factory=dict)
    _rules: dict[str, Callable[[Any], Any]] = field(default_factory=dict)

    def decide(self, name: str, shown: Any, rule: Callable[[Any], Any]) -> Any:
        """Add what a part shows, and return what is decided: before it, else by it."""
        self.shown[name] = self.shown[name] + shown if name in self.shown else shown
        self._rules[name] = rule
        if name not in self.made:
            self.made[name] = rule(self.shown[name])
        return self.made[name]

    def count(self, name: str, count: int) -> None:
        """Add to a number that is only told."""
        self.shown[name] = self.shown.get(name, 0) + count

    def over_all(self) -> dict[str, Any]:
        """Return what all parts read so far decide."""
        return {name: rule(self.shown[name]) for name, rule in self._rules.items()}


def tally(**counts: int) -> "Counter[str]":
    """Return counts that add up."""
    return Counter(counts)
