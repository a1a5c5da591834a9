"""What is worth knowing about a period, in sentences that say no more than the intervals do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from textual.content import Content

from cockpit.figures import Figures
from cockpit.formats import Formatter
from cockpit.language import gettext as _
from cockpit.language import ngettext
from cockpit.ui.panels.columns import interval

_WHAT = {
    "churn": _("Churn"),
    "silent": _("The share at risk"),
    "no_second": _("The share without a second order"),
}
_SAID = {
    "rose": _("{what} rose to {now} from {then} {when}: {who}."),
    "fell": _("{what} fell to {now} from {then} {when}: {who}."),
    "unclear": _("{what} is {now}, no clear change from {then} {when}: {who}."),
    "alone": _("{what} is {now}: {who}."),
}
_MARKS = {"rose": ("▲", "$error"), "fell": ("▼", "$success"), "unclear": ("≈", "")}
"""What is missing is bad news when it grows, as on the strip."""
_MOSTLY = {"once": _(", mostly one-time buyers"), "repeat": _(", mostly repeat buyers")}


@dataclass(frozen=True, slots=True)
class News:
    """A sentence, and what the interval allowed it to say: rose, fell, unclear, alone; "" for not known."""

    verdict: str
    sentence: str

    @property
    def drawn(self) -> Content:
        """The sentence behind its mark."""
        mark, style = _MARKS.get(self.verdict, ("·", ""))
        return Content.assemble((mark, style), " ", self.sentence)


def news(figures: Figures, formatter: Formatter, *, brief: bool = False) -> tuple[News, ...]:
    """One sentence for each row of `worth_knowing`, in its order; `brief` leaves out worth and kind."""
    return tuple(_told(figures, row, formatter, brief) for row in figures.frame.iter_rows(named=True))


def _told(figures: Figures, row: Mapping[str, Any], formatter: Formatter, brief: bool) -> News:
    columns, what = figures.query.columns, _(_WHAT[row["topic"]])
    if row["why_null"] is not None:
        why = _(columns["why_null"].sentences[row["why_null"]])
        return News("", _("{what} is not known: {why}.").format(what=what, why=why))
    ends = interval(formatter, row["share_low"], row["share_high"])
    sentence = _(_SAID[row["verdict"]]).format(
        what=what,
        now=f"{formatter.percent(row['share'])} ({ends})",
        then=formatter.percent(row["share_then"]),
        when=_(columns["compared"].sentences.get(row["compared"], "")),
        who=_who(row, formatter, brief),
    )
    return News(row["verdict"], sentence)


def _who(row: Mapping[str, Any], formatter: Formatter, brief: bool) -> str:
    """Those missing and out of how many; of customers lost or silent, their worth and kind, too."""
    topic, missing = row["topic"], row["missing"]
    counts = {"n": formatter.number(missing), "all": formatter.number(row["of_all"])}
    if topic == "no_second":
        said = ngettext(
            "{n} of {all} newcomer not back within 90 days",
            "{n} of {all} newcomers not back within 90 days",
            row["of_all"],
        )
        return said.format(**counts)
    if topic == "churn":
        said = ngettext("{n} of {all} customer lost", "{n} of {all} customers lost", row["of_all"])
    else:
        said = ngettext("{n} of {all} active customer", "{n} of {all} active customers", row["of_all"])
    who = said.format(**counts)
    if brief:
        return who
    if missing and row["money"] is not None:
        who += _(", worth {money} so far").format(money=formatter.money_short(row["money"]))
    return who + _(_MOSTLY.get(row["mostly"], ""))
