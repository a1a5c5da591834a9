"""What the strip and the panels are asked, each question answered once under the same filter."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from cockpit import strip
from cockpit.answers import Answers
from cockpit.conditions import Condition
from cockpit.figures import Figures, Kpi
from cockpit.intervals import resampled
from cockpit.remembered import Remembered
from cockpit.state import State
from cockpit.warehouse import tables
from cockpit.warehouse.catalog import Catalog, Query


@dataclass(frozen=True, slots=True)
class Question:
    """A question to one query, of whom and under which definitions."""

    kind: Literal["kpi", "panel"]
    name: str
    conditions: tuple[Condition, ...]
    defined: int
    parameters: tuple[tuple[str, object], ...] = ()


class Asked:
    """The questions asked so far and their answers, for any number of threads."""

    def __init__(self) -> None:
        self._remembered = Remembered()

    def kpi(self, answers: Answers, state: State, name: str) -> Kpi:
        """A figure of the strip, measured now or before."""
        query = answers.catalog.get("kpi", name)
        return self._remembered.answer(
            Question("kpi", name, state.conditions, state.defined),
            state.generation,
            lambda: strip.measure(answers, query, state.facts, state.settings),
        )

    def panel(
        self, answers: Answers, state: State, query: Query, parameters: Mapping[str, object]
    ) -> Figures:
        """What a panel query answers now, or has answered before; an owner's is asked each time."""
        if query.by_owner:
            return resampled(answers, answers.figures(query, parameters))
        whom = state.conditions if answers.catalog.follows_filter(query) else ()
        return self._remembered.answer(
            Question("panel", query.name, whom, state.defined, tuple(sorted(parameters.items()))),
            state.generation,
            lambda: resampled(answers, answers.figures(query, parameters)),
        )

    def again(
        self,
        answers: Answers,
        state: State,
        conditions: tuple[Condition, ...],
        queries: Sequence[Query],
        is_over: Callable[[], bool],
    ) -> None:
        """Answer in this state what these queries were asked last under these conditions, until `is_over`."""
        latest: dict[tuple[str, str], Question] = {}
        for question in self._remembered.latest():
            if isinstance(question, Question) and question.conditions == conditions:
                latest.setdefault((question.kind, question.name), question)
        for query in queries:
            if is_over():
                return
            asked = latest.get((query.kind, query.name))
            if query.kind == "kpi":
                self.kpi(answers, state, query.name)
            elif asked is not None and asked.defined == state.defined:
                parameters = dict(asked.parameters)
                if not made_for_others(answers.catalog, query, parameters, state):
                    self.panel(answers, state, query, parameters)


def made_for_others(
    catalog: Catalog, query: Query, parameters: Mapping[str, Any], state: State
) -> frozenset[str]:
    """The tables that a query reads, and that are made for other parameters than these."""
    fits = {
        "standings": state.has_standings(state.spans_beside(parameters), parameters["window"]),
        "visits": state.has_visits(calendar_of(query, parameters), parameters["window"]),
        **dict.fromkeys(tables.LOOKING_BACK, parameters["as_of"] == state.facts.as_of),
    }
    return frozenset(name for name, fit in fits.items() if not fit and catalog.reads(query, name))


def calendar_of(query: Query, parameters: Mapping[str, Any]) -> str:
    """The periods that a query is asked by; beside the owner's own period those of the calendar in force."""
    own = parameters["grain"] == "own"
    return str(parameters["calendar" if own or "grain" not in query.params else "grain"])
