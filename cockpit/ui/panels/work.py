"""Today's work: the action lists that somebody is on, as lines of the overview."""

from dataclasses import dataclass

from textual.content import Content

from cockpit.figures import Figures
from cockpit.formats import Formatter
from cockpit.language import gettext as _
from cockpit.ui.panels.boxes import MUTED
from cockpit.ui.widgets.cells import cut


@dataclass(frozen=True, slots=True)
class Task:
    """A list to open, as written: how many are on it, the money it is about, whom, and what to do."""

    list: str
    customers: str
    money: str
    whom: str
    action: str

    def drawn(self, customers_width: int, money_width: int, width: int, *, with_action: bool) -> Content:
        """One line of `width` cells, or two with what to do; figures line up at their right ends."""
        gap = "  " if money_width else ""
        indent = customers_width + 2 + money_width + len(gap)
        first = Content.assemble(
            (self.customers.rjust(customers_width), "bold"),
            "  ",
            self.money.rjust(money_width),
            gap,
            (cut(self.whom, width - indent), "bold" if with_action else ""),
        )
        if not with_action:
            return first
        what = Content.styled(cut(self.action, width - indent), MUTED)
        return Content("\n").join((first, Content.assemble(" " * indent, what)))


def tasks(actions: Figures, formatter: Formatter) -> tuple[Task, ...]:
    """The lists of the panel Actions that somebody is on, in its order."""
    columns, found = actions.query.columns, []
    for row in actions.frame.iter_rows(named=True):
        if not row["customers"]:
            continue
        what = _(columns["action"].sentences[row["action"]])
        money = ""
        if row["money"] is not None:
            money = formatter.money_short(row["money"])
            what = f"{what} · {_(columns['money_is'].sentences[row['money_is']])}"
        whom = _(columns["list"].sentences[row["list"]])
        found.append(Task(row["list"], formatter.number(row["customers"]), money, whom, what))
    return tuple(found)
