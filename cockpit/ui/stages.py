"""How far the loading is, in the terms of a list of stages."""

from collections.abc import Mapping
from gettext import gettext as _
from types import MappingProxyType

from cockpit.progress import STAGES, Stage, Step
from cockpit.ui.widgets.stage_list import StageLine

_TITLES: Mapping[Stage, str] = MappingProxyType(
    {
        "reading": _("Reading"),
        "cleaning": _("Cleaning"),
        "tables": _("Tables"),
        "forecast": _("Forecast"),
    }
)
_ALWAYS: tuple[Stage, ...] = ("reading", "cleaning", "tables")
"""The stages of every load; another one shows once it begins."""


def lines(step: Step | None) -> tuple[StageLine, ...]:
    """The stages when `step` is the last sign of life: those before it are done."""
    at = STAGES.index(step.stage) if step is not None else -1
    return tuple(
        _line(stage, number, at, step)
        for number, stage in enumerate(STAGES)
        if stage in _ALWAYS or number <= at
    )


def _line(stage: Stage, number: int, at: int, step: Step | None) -> StageLine:
    title = _TITLES[stage]
    if step is None or number > at:
        return StageLine(title)
    if number < at:
        return StageLine(title, "done")
    return StageLine(title, "running", step.done, step.total, note=step.note)
