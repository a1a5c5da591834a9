"""The definitions in force, in sentences."""

from cockpit.figures import Facts, LapseWindow
from cockpit.formats import Formatter
from cockpit.language import gettext as _
from cockpit.language import ngettext
from cockpit.settings import Settings


def window_sentences(window: LapseWindow, formatter: Formatter) -> tuple[str, ...]:
    """The lapse window, what it means, and how it came about."""
    gaps = ngettext(
        "{n} gap between purchases was seen.", "{n} gaps between purchases were seen.", window.observed_gaps
    ).format(n=formatter.number(window.observed_gaps))
    if window.days is None:
        why = _("The history is shorter than 90 days: there is no lapse window yet, so no churn.")
        return (why, gaps)
    means = _("Without a purchase for {days}, a customer counts as lapsed.").format(
        days=formatter.days(window.days)
    )
    return (means, _why(window, formatter), gaps)


def _why(window: LapseWindow, formatter: Formatter) -> str:
    days = formatter.days
    words = {
        "days": days(window.days),
        "found": days(window.found_days),
        "cap": days(window.cap_days),
        "suggested": days(window.suggested_days),
    }
    found = _("Nine of ten customers who come back have done so within {found}")
    if window.why == "chosen":
        if window.suggested_days is None:
            return _("You chose it.")
        return _("You chose it; the shop's own gaps would give {suggested}.").format(**words)
    if window.why == "capped" and window.found_days is None:
        return _(
            "There are too few gaps to find it from the shop; it may be at most a third of the history "
            "({cap}), so {days} is in force."
        ).format(**words)
    if window.why == "few_gaps":
        return _("There are too few gaps to find it from the shop; {days} is what is taken then.").format(
            **words
        )
    if window.why == "capped":
        capped = _("; but it may be at most a third of the history ({cap}), so {days} is in force.")
        return (found + capped).format(**words)
    return (found + _("; rounded up, that is {days}.")).format(**words)


def definitions(facts: Facts, settings: Settings, formatter: Formatter) -> tuple[str, ...]:
    """As-of date, value, orders worth nothing and currency."""
    if settings.as_of is None:
        as_of = _("Everything is counted up to {day}, the day of the last order that counts.")
    else:
        as_of = _("Everything is counted up to {day}, as you chose; later orders are left out.")
    value = {
        "paid": _(
            "An order is worth what was paid for it, shipping and tax included, less what was refunded."
        ),
        "goods": _("An order is worth its goods: shipping and tax are taken off, and what was refunded."),
    }
    zero = {
        "exclude": _("Orders worth nothing do not count."),
        "keep": _("Orders worth nothing count as purchases."),
    }
    if facts.currency is None:
        currency = _("The export names no currency.")
    else:
        currency = _("Money is in {currency}; orders in other currencies are left out.").format(
            currency=facts.currency
        )
    purchase = _("All orders of a customer on one day are one purchase.")
    return (
        as_of.format(day=formatter.date(facts.as_of)),
        value[settings.value],
        zero[settings.zero_orders],
        purchase,
        currency,
    )
