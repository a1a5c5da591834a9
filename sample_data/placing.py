"""Orders as they are placed: the model's purchases, and the usual disorder of a real shop around them."""

import numpy as np
import polars as pl

from sample_data import catalogue, season, truth
from sample_data.people import ONLY_CANCELLED, People
from sample_data.purchases import Purchases

# Orders beyond the purchases of the model.
SAME_DAY_SHARE = 0.035  # of purchases, with a second order on the same day
CANCELLED_BEFORE_PURCHASE = 380  # cancelled, then ordered anew on the same day
PENDING, PENDING_RECENT = 70, 45  # never paid; of them in the last ten days
FREE = 60  # samples under a 100 % code
ANONYMOUS = 850  # at the till, without a name
TEST = 24

_SOON_AFTER, _SHORTLY_BEFORE = (0.3, 6.0), (-2.0, -0.1)  # hours
_NOBODY = -1


def placed(rng: np.random.RandomState, people: People, purchases: Purchases) -> pl.DataFrame:
    """One row an order up to the last day.

    customer (position in People, -1 for nobody), moment (days since opening), first, channel, category_no (of
    the first line), late, member: as in Purchases; kind (why there is this order); worth (NOK it is to cost).
    """
    played = pl.DataFrame(
        {
            "customer": purchases.customer,
            "moment": purchases.moment,
            "first": purchases.first,
            "channel": purchases.channel.tolist(),
            "category_no": purchases.category_no,
            "late": purchases.late,
            "member": purchases.member,
        }
    ).filter(pl.col("moment") < season.END)
    by_post = (played["channel"] != "pos").to_numpy()
    recent = (played["moment"] >= season.END - 10).to_numpy()
    doubled = np.flatnonzero(rng.random_sample(len(played)) < SAME_DAY_SHARE)
    never_customers = np.arange(len(people.arrival) - ONLY_CANCELLED, len(people.arrival))
    kinds = [
        ("purchase", played),
        ("same_day", _beside(rng, played[doubled], _SOON_AFTER)),
        ("cancelled", _beside(rng, _some(rng, played, by_post, CANCELLED_BEFORE_PURCHASE), _SHORTLY_BEFORE)),
        ("cancelled", _alone(rng, never_customers, people.arrival[never_customers], "web")),
        ("pending", _beside(rng, _some(rng, played, recent, PENDING_RECENT), _SOON_AFTER)),
        ("pending", _beside(rng, _some(rng, played, ~recent, PENDING - PENDING_RECENT), _SOON_AFTER)),
        ("free", _beside(rng, _some(rng, played, by_post, FREE), _SOON_AFTER)),
        ("anonymous", _alone(rng, np.full(ANONYMOUS, _NOBODY), _any_moments(rng, ANONYMOUS), "pos")),
        ("test", _alone(rng, np.full(TEST, _NOBODY), _any_moments(rng, TEST), "web")),
    ]
    orders = pl.concat(frame.with_columns(kind=pl.lit(kind)) for kind, frame in kinds)
    customer = orders["customer"].to_numpy()
    shop_mean = truth.SPEND_P * truth.SPEND_SCALE_NOK / (truth.SPEND_Q - 1)
    mean = np.where(customer == _NOBODY, shop_mean, people.order_worth[customer])
    return orders.with_columns(worth=mean / truth.SPEND_P * rng.gamma(truth.SPEND_P, size=len(orders)))


def _some(rng: np.random.RandomState, played: pl.DataFrame, eligible: np.ndarray, count: int) -> pl.DataFrame:
    return played[np.sort(rng.choice(np.flatnonzero(eligible), count, replace=False))]


def _beside(rng: np.random.RandomState, these: pl.DataFrame, hours: tuple[float, float]) -> pl.DataFrame:
    """Other orders by the same customers, some hours before or after and on the same day."""
    moment = these["moment"].to_numpy()
    day = np.floor(moment)
    shifted = moment + rng.uniform(*hours, size=len(these)) / 24
    return these.with_columns(
        moment=np.clip(shifted, day, day + 0.9999),
        first=pl.lit(False),
        category_no=_category_without_story(rng, len(these)),
    )


def _alone(
    rng: np.random.RandomState, customer: np.ndarray, moment: np.ndarray, channel: str
) -> pl.DataFrame:
    """Orders that belong to no purchase of the model."""
    never = pl.lit(False)
    return pl.DataFrame({"customer": customer, "moment": moment}).with_columns(
        first=never,
        channel=pl.lit(channel),
        category_no=_category_without_story(rng, len(customer)),
        late=never,
        member=never,
    )


def _any_moments(rng: np.random.RandomState, count: int) -> np.ndarray:
    busyness = season.BUSYNESS[: season.END]
    day = rng.choice(season.END, size=count, p=busyness / busyness.sum())
    return day + rng.random_sample(count)


def _category_without_story(rng: np.random.RandomState, count: int) -> np.ndarray:
    return rng.choice(catalogue.WITHOUT_STORY, size=count)
