"""How far the loading is and how fast, in the terms of a list of stages."""

from cockpit.progress import STAGES, Stage, Standing
from cockpit.ui.first_picture import ALWAYS, TITLES
from cockpit.ui.widgets.stage_list import StageLine


def lines(standing: Standing | None) -> tuple[StageLine, ...]:
    """The stages when work stands so: those before are done."""
    at = STAGES.index(standing.stage) if standing is not None else -1
    return tuple(
        _line(stage, number, at, standing)
        for number, stage in enumerate(STAGES)
        if stage in ALWAYS or number <= at
    )


def _line(stage: Stage, number: int, at: int, standing: Standing | None) -> StageLine:
    title = TITLES[stage]
    if standing is None or number > at:
        return StageLine(title)
    if number < at:
        return StageLine(title, "done")
    total = 0 if standing.share is None else 1
    return StageLine(title, "running", standing.share or 0, total, standing.pace, standing.note)
