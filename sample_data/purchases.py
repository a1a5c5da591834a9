"""Purchases: the model with its planted stories, played one purchase at a time for everyone still there."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from sample_data import catalogue, season, truth
from sample_data.people import ONLY_CANCELLED, People

_QUALITY_NO = catalogue.CATEGORIES.index(truth.QUALITY.category)
_FAVOURITE_SHARE = 0.6  # of purchases that begin with the customer's favourite category
_USUAL_CHANNEL_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Purchases:
    """One entry a purchase, by customer and time; `stays` is what nobody in the shop can see."""

    customer: np.ndarray  # position in People
    moment: np.ndarray  # days since opening
    first: np.ndarray  # the customer's first
    channel: np.ndarray
    category_no: np.ndarray  # of the first line
    late: np.ndarray  # the parcel comes later than promised
    member: np.ndarray  # of the loyalty programme, this purchase included
    stays: np.ndarray  # the customer is still there afterwards


def simulate(rng: np.random.RandomState, people: People) -> Purchases:
    """Play on to the end of the future, which is never exported.

    A purchase on the day of the one before adds nothing to a model that counts days: it is left out here, and
    the further orders of a day are made with the orders.
    """
    who = np.arange(len(people.arrival) - ONLY_CANCELLED)
    moment = people.arrival[who]
    rounds: list[tuple[np.ndarray, ...]] = []
    while who.size:
        channel, category_no = _choices(rng, people, who)
        late = _within(moment, truth.LATE.start, truth.LATE.end) & (channel != "pos")
        late &= rng.random_sample(who.size) < truth.LATE.late_share
        member = people.would_join[who] & (moment >= season.day_number(truth.LOYALTY.start))
        first = np.full(who.size, not rounds)
        stay = 1 - people.drop_out[who] * np.where(member, truth.LOYALTY.drop_out_multiplier, 1)
        spoilt = (category_no == _QUALITY_NO) & (moment >= season.day_number(truth.QUALITY.start))
        stay *= 1 - truth.QUALITY.extra_drop_out * spoilt
        stay *= 1 - truth.LATE.extra_drop_out * late
        stay *= 1 - truth.BLACK_FRIDAY.extra_drop_out * (first & people.bargain_hunter[who])
        stays = rng.random_sample(who.size) < stay
        rounds.append((who, moment, first, channel, category_no, late, member, stays))
        who, moment = _next_purchases(rng, people, who[stays], moment[stays])
    columns = [np.concatenate(parts) for parts in zip(*rounds, strict=True)]
    order = np.lexsort((columns[1], columns[0]))
    return Purchases(*(column[order] for column in columns))


def _next_purchases(
    rng: np.random.RandomState, people: People, who: np.ndarray, moment: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """When those who stayed buy next on another day; those beyond the future fall away."""
    day = np.floor(moment)
    while (same := np.floor(moment) == day).any():
        wait = rng.exponential(size=int(same.sum())) / people.rate[who[same]]
        moment[same] = season.after(moment[same], wait)
    there = np.isfinite(moment) & (moment < season.FUTURE_END)
    return who[there], moment[there]


def _choices(rng: np.random.RandomState, people: People, who: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Channel and first category of a purchase."""
    usual = rng.random_sample(who.size) < _USUAL_CHANNEL_SHARE
    other = rng.choice(np.array(["web", "app"], dtype=object), size=who.size, p=(0.7, 0.3))
    favourite = rng.random_sample(who.size) < _FAVOURITE_SHARE
    any_category = rng.choice(len(catalogue.CATEGORIES), size=who.size, p=catalogue.CATEGORY_SHARES)
    return (
        np.where(usual | people.bargain_hunter[who], people.channel[who], other),
        np.where(favourite, people.category_no[who], any_category),
    )


def _within(moment: np.ndarray, start: date, end: date) -> np.ndarray:
    return (moment >= season.day_number(start)) & (moment < season.day_number(end) + 1)
