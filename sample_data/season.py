"""The shop's clock: how busy each day is, and time measured in average days."""

from datetime import date, timedelta

import numpy as np

from sample_data import truth

# Share of a day's orders in each hour, from midnight. None from 1 to 6: no wall clock is skipped or repeated
# when summer time begins and ends.
_BY_HOUR = (1, 0, 0, 0, 0, 0, 1, 2, 4, 5, 6, 6, 6, 5, 5, 5, 6, 6, 7, 9, 10, 10, 7, 3)
_SHOP_BY_HOUR = (0,) * 10 + (3, 5, 7, 7, 7, 8, 9, 8, 5, 3) + (0,) * 4


def day_number(day: date) -> int:
    """Days since the shop opened."""
    return (day - truth.FIRST_DAY).days


END = day_number(truth.LAST_DAY) + 1  # the first moment after the export
FUTURE_END = day_number(truth.FUTURE_LAST_DAY) + 1


def black_friday(year: int) -> date:
    """The Friday after the fourth Thursday of November."""
    return next(d for d in (date(year, 11, 23) + timedelta(n) for n in range(7)) if d.weekday() == 4)


def _busyness() -> np.ndarray:
    """Purchases expected on each day, relative to an average day of the exported years."""
    days = [truth.FIRST_DAY + timedelta(n) for n in range(FUTURE_END)]
    factor = np.array(
        [truth.SEASON_BY_MONTH[d.month - 1] * truth.SEASON_BY_WEEKDAY[d.weekday()] for d in days]
    )
    for year in range(truth.FIRST_DAY.year, truth.FUTURE_LAST_DAY.year + 1):
        factor[day_number(black_friday(year))] *= truth.BLACK_FRIDAY_FACTOR
    return factor / factor[:END].mean()


BUSYNESS = _busyness()
_SEASONED = np.concatenate([[0.0], np.cumsum(BUSYNESS)])
_CALENDAR = np.arange(FUTURE_END + 1, dtype=float)


def after(moment: np.ndarray, average_days: np.ndarray) -> np.ndarray:
    """The moment when so many average days more have passed; infinite beyond the simulation."""
    seasoned = np.interp(moment, _CALENDAR, _SEASONED) + average_days
    return np.interp(seasoned, _SEASONED, _CALENDAR, right=np.inf)


def wall_clock(moment: np.ndarray, in_shop: np.ndarray) -> np.ndarray:
    """Moments (days since opening) as local time in whole seconds; order within a day is kept."""
    day = np.floor(moment)
    share = moment - day
    seconds = np.where(in_shop, _time_of_day(share, _SHOP_BY_HOUR), _time_of_day(share, _BY_HOUR))
    opened = np.datetime64(truth.FIRST_DAY, "us")
    return opened + (day * 86_400 + seconds).astype("timedelta64[s]")


def _time_of_day(share: np.ndarray, by_hour: tuple[int, ...]) -> np.ndarray:
    busy = [hour for hour, weight in enumerate(by_hour) if weight]
    seconds = np.concatenate([np.linspace(h * 3600, h * 3600 + 3599.999, 2) for h in busy])
    upto = np.cumsum([by_hour[h] for h in busy]) / sum(by_hour)
    quantile = np.column_stack([np.concatenate([[0.0], upto[:-1]]), upto]).ravel()
    return np.floor(np.interp(share, quantile, seconds))
