"""The panels of the main screen, in the order of their digits."""

from typing import Any

from cockpit.ui.panels.base import Panel


def all_panels() -> tuple[type[Panel[Any]], ...]:
    """The panels there are; importing them brings in the drawn widgets, so that waits for a loaded shop."""
    from cockpit.ui.panels.actions import Actions
    from cockpit.ui.panels.at_risk import AtRisk
    from cockpit.ui.panels.churn import Churn
    from cockpit.ui.panels.cohorts import Cohorts
    from cockpit.ui.panels.data import Data
    from cockpit.ui.panels.drivers import Drivers
    from cockpit.ui.panels.overview import Overview
    from cockpit.ui.panels.queries import Queries
    from cockpit.ui.panels.segments import Segments
    from cockpit.ui.panels.value import Value

    return (Overview, Churn, Cohorts, Value, Segments, AtRisk, Drivers, Actions, Data, Queries)
