"""What is true of the made shop: every number that a model may be asked to recover, with its unit.

Behaviour is MBG/NBD (Batislam, Denizel & Filiztekin 2007): each customer buys at their own gamma-distributed
rate and, after every purchase, the first included, leaves with their own beta-distributed probability. What
an order is worth is Gamma-Gamma. The planted stories change the chance of leaving, never the rate.
"""

from dataclasses import asdict, dataclass
from datetime import date

SEED = 20230101
FIRST_DAY = date(2023, 1, 1)
LAST_DAY = date(2025, 12, 31)
FUTURE_LAST_DAY = date(2026, 12, 31)  # simulated on, never exported: what a forecast should have said
STORIES_BEGIN = date(2024, 7, 1)  # until the day before, nothing but the season stands between data and model

CUSTOMERS = 12_000  # who buy at least once, the surge of the Black Friday story included

# Purchase rate of a customer: gamma, shape r, scale 1/alpha; purchases a day.
RATE_R = 1.10
RATE_ALPHA_DAYS = 60.0
# Chance of leaving after a purchase: beta(a, b).
DROP_OUT_A = 0.22
DROP_OUT_B = 0.24

# Mean order value of a customer: p × gamma_scale / gamma(q); NOK, shipping and tax included, before refunds.
SPEND_P = 5.0
SPEND_Q = 4.5
SPEND_SCALE_NOK = 595.0

# Season: purchases on a day, relative to an average day; one factor a month, one a weekday (Monday first).
SEASON_BY_MONTH = (0.82, 0.80, 0.90, 0.95, 1.00, 0.92, 0.62, 0.85, 1.00, 1.06, 1.55, 1.50)
SEASON_BY_WEEKDAY = (1.06, 0.98, 0.98, 1.00, 0.94, 0.88, 1.16)
BLACK_FRIDAY_FACTOR = 2.5  # on the Friday, on top of month and weekday

# New customers a day: this many times more on the last day than on the first, growing evenly.
ACQUISITION_GROWTH = 1.6

# Mild: purchase rate relative to the shop's.
RATE_BY_COUNTRY = {"NO": 1.03, "SE": 0.95, "DK": 1.00, "FI": 0.92, "DE": 0.88, "GB": 0.88}
RATE_BY_CHANNEL = {"web": 1.00, "app": 1.12, "pos": 0.97, "instagram": 0.85}
COUNTRY_SHARES = {"NO": 0.72, "SE": 0.10, "DK": 0.07, "FI": 0.04, "DE": 0.04, "GB": 0.03}
CHANNEL_SHARES = {"web": 0.58, "app": 0.20, "pos": 0.10, "instagram": 0.12}  # pos only in Norway

REFUND_SHARE = 0.03  # of paid orders
REFUND_WHOLE_SHARE = 0.35  # of refunds; the others give 10–60 % of the order back


@dataclass(frozen=True, slots=True)
class QualityStory:
    """From `start` on one product line disappoints: some who would have stayed leave, more is sent back."""

    category: str = "Headlamps"
    product_line: str = "Nordlys"
    start: date = date(2024, 9, 1)
    extra_drop_out: float = 0.40  # of those who would have stayed after that purchase, this share leaves
    refund_share: float = 0.16  # of orders that contain the line


@dataclass(frozen=True, slots=True)
class BlackFridayStory:
    """Bargain hunters: new customers who come with one discount code of one November and rarely return."""

    code: str = "BLACK24"
    start: date = date(2024, 11, 22)
    end: date = date(2024, 11, 30)
    surge_customers: int = 420  # new customers in these days beyond the usual stream
    code_share: float = 0.80  # of new customers in these days who use the code
    extra_drop_out: float = 0.55  # after the first purchase


@dataclass(frozen=True, slots=True)
class LateStory:
    """One quarter in which half of the parcels come late, and those who wait are less likely to return."""

    start: date = date(2025, 1, 1)
    end: date = date(2025, 3, 31)
    late_share: float = 0.50  # of orders that are sent
    promised_days: int = 7  # late is later than this
    extra_drop_out: float = 0.30


@dataclass(frozen=True, slots=True)
class LoyaltyStory:
    """A programme that works: a fixed share joins at the first purchase since its start, and stays longer."""

    tag: str = "loyalty"
    start: date = STORIES_BEGIN
    joining_share: float = 0.35  # decided by a coin, not by how good the customer is
    drop_out_multiplier: float = 0.60  # from the joining purchase on


QUALITY = QualityStory()
BLACK_FRIDAY = BlackFridayStory()
LATE = LateStory()
LOYALTY = LoyaltyStory()


def as_data() -> dict[str, object]:
    """The truth as plain data, dates as ISO text."""
    stories = {
        "quality": asdict(QUALITY),
        "black_friday": asdict(BLACK_FRIDAY),
        "late": asdict(LATE),
        "loyalty": asdict(LOYALTY),
    }
    return {
        "first_day": FIRST_DAY.isoformat(),
        "last_day": LAST_DAY.isoformat(),
        "stories_begin": STORIES_BEGIN.isoformat(),
        "purchases": {"r": RATE_R, "alpha_days": RATE_ALPHA_DAYS, "a": DROP_OUT_A, "b": DROP_OUT_B},
        "spend": {"p": SPEND_P, "q": SPEND_Q, "gamma_nok": SPEND_SCALE_NOK},
        "season_by_month": list(SEASON_BY_MONTH),
        "rate_by_country": RATE_BY_COUNTRY,
        "rate_by_channel": RATE_BY_CHANNEL,
        "refund_share": REFUND_SHARE,
        "stories": {name: _plain(story) for name, story in stories.items()},
    }


def _plain(fields: dict[str, object]) -> dict[str, object]:
    return {name: v.isoformat() if isinstance(v, date) else v for name, v in fields.items()}
