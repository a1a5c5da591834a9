"""What is in force: the choices, and the facts of the tables that they made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cockpit import strip
from cockpit.conditions import Condition
from cockpit.figures import Facts, Span
from cockpit.settings import Settings


@dataclass(frozen=True, slots=True)
class State:
    """One state of an opened shop. It never changes; a choice makes another.

    `generation` is the number of its scope, `defined` the first one under the same definitions.
    """

    facts: Facts
    settings: Settings
    conditions: tuple[Condition, ...]
    generation: int
    defined: int

    @property
    def span(self) -> Span:
        """The span of the strip's rates."""
        return strip.span_of(self.facts, self.settings)

    def spans_beside(self, parameters: Mapping[str, Any]) -> tuple[Span, ...]:
        """The span that the parameters name, and those that it is compared with."""
        span = Span(parameters["day_before"], parameters["last_day"])
        return strip.beside(span, parameters["grain"], self.facts)

    def has_standings(self, spans: Iterable[Span], window: int | None) -> bool:
        """Whether the standings are those of these spans under this lapse window, as the strip's are."""
        of_the_strip = strip.spans(self.facts, self.settings)
        return set(spans) <= set(of_the_strip) and window == self.facts.window.days

    def has_visits(self, calendar: str, window: int | None) -> bool:
        """Whether the visits are those by these periods under this lapse window."""
        return calendar == self.settings.period and window == self.facts.window.days

    @property
    def in_force(self) -> Mapping[str, object]:
        """The parameters that a query file may bind."""
        chosen = self.settings
        return {
            **strip.dates_of(self.span, self.facts),
            "grain": strip.grain_of(chosen),
            "calendar": chosen.period,
            "by": "country",
        }

    @property
    def definition(self) -> Mapping[str, object]:
        """What an exported list is stamped with."""
        facts, chosen = self.facts, self.settings
        return {
            "files": list(facts.files),
            "as_of": facts.as_of.isoformat(),
            "lapse_window_days": facts.window.days,
            "period": chosen.period,
            "value": chosen.value,
            "zero_orders": chosen.zero_orders,
            "currency": facts.currency,
            "filters": [str(condition) for condition in self.conditions],
        }
