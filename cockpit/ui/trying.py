"""Looking at a table that is not recognised, and trying mappings on it, in threads of their own."""

import contextvars
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cockpit.errors import Cancelled, CockpitError
from cockpit.formats import Formatter, harmless
from cockpit.language import gettext as _
from cockpit.language import ngettext
from cockpit.progress import Step
from cockpit.settings import Settings
from cockpit.ui import crash

if TYPE_CHECKING:
    from cockpit.ingest.mapping import Sample, Trial

REASONS: Mapping[str, str] = {
    "blank": _("empty"),
    "unreadable": _("not readable"),
    "not_an_order": _("no order"),
    "duplicate": _("twice"),
    "currency": _("in another currency"),
}


NAMES: Mapping[str, str] = {
    "ordered_at": _("date"),
    "email": _("e-mail"),
    "customer_id": _("customer's number"),
    "phone": _("phone"),
    "order_id": _("order number"),
    "gross": _("total paid"),
    "status": _("status"),
    "refund": _("refunded"),
    "currency": _("currency"),
    "discount": _("discount"),
    "shipping": _("shipping"),
    "tax": _("tax"),
    "name": _("customer's name"),
    "country": _("country"),
    "channel": _("channel"),
    "discount_code": _("discount code"),
    "tags": _("tags"),
    "consent": _("consent to mail"),
    "sku": _("article number"),
    "product": _("product"),
    "category": _("category"),
    "quantity": _("quantity"),
    "unit_price": _("price apiece"),
    "line_value": _("line's total"),
    "reference": _("order refunded"),
    "time": _("time of day"),
    "adjusted": _("net of refunds"),
    "outstanding": _("still to be paid"),
    "line_discount": _("line's discount"),
}
"""The fields in words."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What `columns` would load: whether anything, its sum in one line, and what is to be said of it."""

    columns: Mapping[str, str]
    loads: bool
    sum: str
    says: tuple[str, ...]


class Trying:
    """One table and its mappings. The callbacks run in threads; answers to older questions are dropped."""

    def __init__(
        self,
        files: Sequence[Path],
        table: str,
        settings: Settings,
        *,
        taken: "Callable[[Sample], None]",
        tried: Callable[[Tried], None],
        failed: Callable[[CockpitError], None],
    ) -> None:
        self._files = tuple(files)
        self._table = table
        self._settings = settings
        self._taken = taken
        self._tried = tried
        self._failed = failed
        self._stopped = threading.Event()
        self._wanted: Mapping[str, str] | None = None
        self._lock = threading.Lock()
        self._working = False

    def start(self) -> None:
        """Fetch the first rows."""
        self._in_thread(self._take)

    def stop(self) -> None:
        """Nobody listens any more."""
        self._stopped.set()

    def ask(self, sample: "Sample", columns: Mapping[str, str]) -> None:
        """Try a mapping; while one is being tried only the latest of the next is kept."""
        with self._lock:
            self._wanted = columns
            if self._working:
                return
            self._working = True
        self._in_thread(lambda: self._try(sample))

    def _in_thread(self, work: Callable[[], None]) -> None:
        context = contextvars.copy_context()  # Textual finds its app through it

        def run() -> None:
            with suppress(RuntimeError):  # the app has left meanwhile
                try:
                    work()
                except CockpitError as expected:
                    self._failed(expected)
                except Cancelled:
                    return
                except BaseException as error:  # polars panics are no Exception
                    self._failed(crash.explained(error))

        threading.Thread(target=lambda: context.run(run), daemon=True, name="mapping").start()

    def _take(self) -> None:
        from cockpit.ingest.mapping import sample

        self._taken(sample(self._files, self._table, self._settings, self._pulse))

    def _pulse(self, _step: Step) -> None:
        if self._stopped.is_set():
            raise Cancelled

    def _try(self, sample: "Sample") -> None:
        from cockpit.ingest.mapping import missing, try_mapping

        while True:
            with self._lock:
                columns, self._wanted = self._wanted, None
                if columns is None or self._stopped.is_set():
                    self._working = False
                    return
            lacking = missing({**sample.known, **columns})
            if lacking:
                self._tried(Tried(columns, False, _still_needed(lacking), ()))
                continue
            trial = try_mapping(sample, columns, self._settings)
            self._tried(Tried(columns, trial.orders > 0, *_told(trial, sample.whole)))


def _still_needed(lacking: Sequence[Sequence[str]]) -> str:
    either = [_(" or ").join(_(NAMES[field]) for field in fields) for fields in lacking]
    return _("Still needed: {fields}.").format(fields="; ".join(either))


def _told(trial: "Trial", whole: int) -> tuple[str, tuple[str, ...]]:
    """Put a trial into words: its sum, and sentences."""
    formatter = Formatter.for_currency(trial.currency)
    number = formatter.number
    if trial.problem is not None:
        return trial.problem.problem, (trial.problem.remedy,) if trial.problem.remedy else ()
    what = _("{orders} of {customers}").format(
        orders=ngettext("{n} order", "{n} orders", trial.orders).format(n=number(trial.orders)),
        customers=ngettext("{n} customer", "{n} customers", trial.customers).format(
            n=number(trial.customers)
        ),
    )
    parts = [what]
    if trial.first is not None and trial.last is not None:
        first, last = formatter.date(trial.first.date()), formatter.date(trial.last.date())
        parts.append(_("{first} to {last}").format(first=first, last=last))
    if trial.gross is not None:
        parts.append(formatter.money(trial.gross))
    said = ", ".join(parts)
    if trial.rows < whole:
        first_rows = _("{sum} in the first {n} of {all} rows").format(
            sum=said, n=number(trial.rows), all=number(whole)
        )
        said = first_rows
    says = []
    for unused in trial.unused:
        reason = _(REASONS.get(unused.reason, unused.reason))
        sentence = ngettext(
            "{n} row is not used, {reason}: row {record}",
            "{n} rows are not used, {reason}: the first is row {record}",
            unused.rows,
        ).format(n=number(unused.rows), reason=reason, record=number(unused.record))
        says.append(f"{sentence}, “{unused.detail}”." if unused.detail else f"{sentence}.")
    if trial.anonymous:
        says.append(
            ngettext("{n} order names no customer.", "{n} orders name no customer.", trial.anonymous).format(
                n=number(trial.anonymous)
            )
        )
    if trial.gross is None:
        says.append(_("Without a column for money, figures of money stay empty."))
    return said, (*says, *(harmless(sentence) for sentence in trial.says))
