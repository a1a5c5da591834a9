"""What was opened: the facts that stand in the header, or why nothing usable stands there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from cockpit.answers import Answers
from cockpit.errors import InputError
from cockpit.figures import Facts, LapseWindow
from cockpit.formats import Formatter
from cockpit.language import gettext as _
from cockpit.language import ngettext
from cockpit.settings import Settings

if TYPE_CHECKING:
    import polars as pl

MOST_LISTED = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading the files found out that the tables do not hold."""

    currency: str | None
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]
    today: date


def choices(chosen: Settings, today: date) -> dict[str, object]:
    """What the owner chose, under the names by which the tables bind it."""
    return {
        "as_of": chosen.as_of,
        "latest_plausible_day": today + timedelta(days=1),
        "value_basis": chosen.value,
        "zero_orders": chosen.zero_orders,
        "period": chosen.period,
        "period_from": chosen.period_from,
        "period_to": chosen.period_to,
        "window": chosen.window,
        "margin": chosen.margin,
        "discount": chosen.discount,
    }


def facts(answers: Answers, reading: Reading) -> Facts:
    """Read the facts of the tables as they stand; raises `InputError` when no order is eligible."""
    opened = answers.fact("opened").row(0, named=True)
    files = answers.fact("files")
    excluded = dict(answers.fact("reasons").rows())
    if not opened["orders"]:
        raise _nothing_left(excluded)
    starts = _log_start(answers, reading.currency)
    window = LapseWindow(
        days=opened.pop("window_days"),
        why=opened.pop("why"),
        suggested_days=opened.pop("suggested_days"),
        found_days=opened.pop("found_days"),
        cap_days=opened.pop("cap_days"),
        observed_gaps=opened.pop("observed_gaps"),
    )
    return Facts(
        **opened,
        window=window,
        files=tuple(files["file"].to_list()),
        dialects=tuple(files["dialect"].to_list()),
        rows=int(files["rows"].sum()),
        today=reading.today,
        currency=reading.currency,
        excluded=excluded,
        assumptions=(*reading.assumptions, *_exchanges(answers.fact("exchanges").item())),
        warnings=(*reading.warnings, *starts, *_calendar_warnings(answers.fact("calendar"))),
        log_start=starts[0] if starts else None,
    )


def _log_start(answers: Answers, currency: str | None) -> tuple[str, ...]:
    """The sentence about a log that starts in the middle of the shop's life, if it does."""
    found = answers.fact("log_start").row(0, named=True)
    if not found["starts_mid_life"]:
        return ()
    formatter = Formatter.for_currency(currency)
    sentence = _(
        "The log seems to start in the middle of the shop's life: {n} of {all} customers have their first"
        " purchase in its first 30 days, where a usual month has {usual}. What looks like a first purchase"
        " there may be none, and the forecast can hardly tell who has left."
    )
    return (
        sentence.format(
            n=formatter.number(found["at_start"]),
            all=formatter.number(found["customers"]),
            usual=formatter.number(found["usual"]),
        ),
    )


def _exchanges(orders: int) -> Iterator[str]:
    """Yield the sentence about exchanges, if there are any."""
    if orders:
        sentence = ngettext(
            "{n} order within 30 days of an order with a refund is an exchange: the export says so, or a"
            " product whose whole price was given back is bought again. It counts with the purchase it mends,"
            " not as a repeat.",
            "{n} orders within 30 days of an order with a refund are exchanges: the export says so, or a"
            " product whose whole price was given back is bought again. They count with the purchases they"
            " mend, not as repeats.",
            orders,
        )
        yield sentence.format(n=f"{orders:,}")


def _calendar_warnings(oddities: "pl.DataFrame") -> Iterator[str]:
    """Yield what the calendar makes doubtful: months without an order, days with far too many."""
    found = oddities.rows_by_key("oddity", named=True)
    if missing := found.get("missing_month", []):
        months = _listed([f"{row['from_day']:%Y-%m}" for row in missing])
        yield _("There is no order at all in {months}: is a file missing?").format(months=months)
    if busy := found.get("busy_day", []):
        days = _listed(
            [
                _("{day} ({orders} orders, usually {usual})").format(
                    day=row["from_day"], orders=f"{row['orders']:,}", usual=f"{row['usual_orders']:,.0f}"
                )
                for row in busy
            ]
        )
        yield _("Far more orders than on the days around stand on {days}: is that right?").format(days=days)


def _listed(things: Sequence[str]) -> str:
    listed = ", ".join(things[:MOST_LISTED])
    more = len(things) - MOST_LISTED
    return _("{listed} and {count} more").format(listed=listed, count=more) if more > 0 else listed


def _nothing_left(reasons: Mapping[str, int]) -> InputError:
    if not reasons:
        return InputError(_("There is no usable order: the file has no rows."))
    listed = ", ".join(f"{rows:,} {reason}" for reason, rows in reasons.items())
    return InputError(
        _("There is no usable order: every row is left out ({reasons}).").format(reasons=listed),
        _("`cockpit check FILE` shows why, row by row."),
    )
