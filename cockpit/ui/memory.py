"""What the cockpit remembers of the files it is opened on."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cockpit.resume import Choices, Place, keep, keepable, recall
from cockpit.settings import Settings

if TYPE_CHECKING:
    from cockpit.conditions import Condition
    from cockpit.shop import Shop

_FIELDS_OF = "customer_facts"
"""The table whose declared columns are the house's own attributes of a customer."""


class Memory:
    """Where the owner was on these files, and which flags say otherwise."""

    def __init__(self, files: Sequence[Path], settings: Settings, given: Collection[str] = ()) -> None:
        self._files = tuple(files)
        self._started = Choices.of(settings)
        self._given = frozenset(given)
        self._from_a_pipe = any(str(file) == "-" for file in files)
        self.place: Place | None = None if self._from_a_pipe else recall(files)

    def settings(self, settings: Settings) -> "tuple[Settings, tuple[Condition, ...] | None]":
        """The settings as they were chosen last time, and the filter where one was."""
        if self.place is None:
            return settings, None
        return self.place.over(settings, self._given), self.place.filters_over(settings, self._given)

    def keep(self, place: Place, shop: "Shop") -> None:
        """Keep the place together with what was chosen in the cockpit."""
        if self._from_a_pipe:
            return
        facts = next(query for query in shop.queries("table") if query.name == _FIELDS_OF)
        settings = shop.settings
        chosen = Choices(settings.period, settings.window, keepable(shop.conditions, facts.columns))
        keep(self._files, replace(place, started=self._started, chosen=chosen))
