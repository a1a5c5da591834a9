"""Where the owner is on the main screen: taken down before leaving, and put back afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from cockpit.resume import Place
from cockpit.ui.panels.base import Panel
from cockpit.ui.panels.queries import Queries
from cockpit.ui.panels.several import SeveralPanel
from cockpit.ui.widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cockpit.workbench import Draft

_KEPT_SWITCHES = ("view", "measure", "time")
_IDENTITY = "customer_id"


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the cursor of a table stands: at a position, in a column, on a customer where rows have one."""

    position: int
    column: str | None
    customer: object = None


@dataclass(frozen=True, slots=True)
class Here:
    """The place that is kept between starts, and what is kept for a reload only: cursors, and a statement."""

    place: Place
    cursors: Mapping[str, Cursor] = field(default_factory=lambda: MappingProxyType({}))
    draft: "Draft | None" = None


def here(panels: "Iterable[Panel[Any]]", place: Place) -> Here:
    """Where the owner is on these panels; `place` says the rest, and how those not seen were left."""
    sorts, views, dimensions = dict(place.sorts), dict(place.views), dict(place.dimensions)
    cursors: dict[str, Cursor] = {}
    draft = None
    for panel in panels:
        if isinstance(panel, SeveralPanel):
            views[panel.key] = {
                switch.name: switch.at for switch in panel.switches() if switch.name in _KEPT_SWITCHES
            }
            if panel.by:
                dimensions[panel.key] = panel.by
        if isinstance(panel, Queries):
            draft = panel.written()
            continue
        for table in panel.query(VirtualTable):
            if table.id is None:
                continue
            sorts.pop(table.id, None)
            if table.sorted_by is not None:
                sorts[table.id] = table.sorted_by
            customer = table.cursor_record.get(_IDENTITY)
            cursors[table.id] = Cursor(table.cursor_at[0], table.cursor_column, customer)
    kept = replace(place, sorts=sorts, views=views, dimensions=dimensions)
    return Here(kept, cursors, draft)


def turn_back(panel: Panel[Any], there: Here) -> None:
    """Put a panel that has not asked yet to the view it was in."""
    if isinstance(panel, Queries) and there.draft is not None:
        panel.put(there.draft)
    if not isinstance(panel, SeveralPanel):
        return
    panel.wish(there.place.dimensions.get(panel.key, ""))
    for name, at in there.place.views.get(panel.key, {}).items():
        for switch in panel.switches():
            if switch.name == name and switch.at != at and 0 <= at < len(switch.options):
                panel.turn(name, at)


def put_back(panel: Panel[Any], there: Here) -> None:
    """Sort the tables of a panel as they were, and put their cursors where they were."""
    for table in panel.query(VirtualTable):
        names = [column.name for column in table.columns]
        column, descending = there.place.sorts.get(table.id or "", ("", False))
        if column in names and table.sorted_by is None:
            table.sort(column, descending)
        cursor = there.cursors.get(table.id or "")
        if cursor is not None and table.row_count:
            position = table.position_where(_IDENTITY, cursor.customer)
            position = cursor.position if position is None else position
            at = names.index(cursor.column) if cursor.column in names else 0
            table.go(min(position, table.row_count - 1), at)
