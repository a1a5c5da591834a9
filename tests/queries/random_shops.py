"""Random shops with everything in them that numbers trip over, each with its reference beside it."""

import datetime as dt
import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import polars as pl
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from cockpit.conditions import parse
from cockpit.ingest import Intake
from cockpit.shop import Shop
from tests.reference.figures import Row, tags_of
from tests.reference.strip import Reference
from tests.shops import EXCLUDED, FILES, LINES, ORDERS, open_intake

TODAY = dt.date(2025, 6, 30)
BORDERS = tuple(
    dt.date.fromisoformat(day)
    for day in ("2023-12-31", "2024-01-01", "2024-02-28", "2024-02-29", "2024-03-01", "2024-03-31",
                "2024-04-01", "2024-12-31", "2025-01-01", "2025-02-28", "2025-03-01")
)  # fmt: skip


def _tags(row: Row) -> set[str]:
    return {tag.lower() for tag in tags_of(row["tags"])}


FILTERS: dict[str, Callable[[Row], bool]] = {
    "country=no": lambda row: row["country"] is not None and row["country"].lower() == "no",
    "country!=NO": lambda row: row["country"] is None or row["country"].lower() != "no",
    "purchases>=2": lambda row: row["purchases"] >= 2,
    "value<100": lambda row: row["value"] is not None and row["value"] < 100,
    "first_category is not known": lambda row: row["first_category"] is None,
    "status in at_risk,lapsed": lambda row: row["status"] in ("at_risk", "lapsed"),
    "last_day > 2024-12-31": lambda row: row["last_day"] > dt.date(2024, 12, 31),
    "name contains UN": lambda row: row["name"] is not None and "un" in row["name"].lower(),
    "country=Nowhere": lambda row: False,
    "tags=VIP": lambda row: "vip" in _tags(row),
    "tags not in vip,new": lambda row: not {"vip", "new"} & _tags(row),
    "tags is known": lambda row: bool(_tags(row)),
}

_THOROUGH = int(os.environ.get("COCKPIT_THOROUGH") or 0)


def examples(few: int) -> settings:
    """A few examples, always the same; many new ones with COCKPIT_THOROUGH=150 (so many of each)."""
    return settings(
        max_examples=_THOROUGH or few,
        derandomize=not _THOROUGH,
        deadline=None,
        database=None,
        phases=tuple(Phase) if _THOROUGH else (Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )


@dataclass(frozen=True)
class Case:
    """A shop to be: made from a seed, so that a failing one can be made again from what is printed."""

    seed: int
    customers: int = 5
    orders: int = 20
    days: int = 400
    money: bool = True
    spoiled: float = 0.2
    window: int | None = None
    as_of: dt.date | None = None
    value: str = "paid"
    zero_orders: str = "exclude"
    filter: str | None = None

    @cached_property
    def intake(self) -> Any:
        return _Maker(self).intake()

    @contextmanager
    def opened(self) -> Iterator[Shop]:
        """The shop, filtered."""
        shop = open_intake(
            self.intake,
            today=TODAY,
            window=self.window,
            as_of=self.as_of,
            value=self.value,
            zero_orders=self.zero_orders,
            threads=1,
        )
        with shop:
            if self.filter is not None:
                shop.filter([parse(self.filter)])
            yield shop

    @cached_property
    def reference(self) -> Reference:
        return Reference(
            orders=self.intake.orders.to_dicts(),
            lines=self.intake.lines.to_dicts(),
            today=TODAY,
            chosen_as_of=self.as_of,
            chosen_window=self.window,
            value_basis=self.value,
            zero_orders=self.zero_orders,
            keeps=FILTERS[self.filter] if self.filter is not None else None,
        )

    def beside(self, shop: Shop) -> Reference:
        """The reference, with the parameters of the models that the shop has fitted."""
        model, spend = (
            shop.sql(f"from {name}").frame.row(0, named=True) for name in ("purchase_model", "spend_model")
        )
        assert model["why_null"] == self.reference.why_no_model()
        if model["why_null"] is not None:
            return self.reference
        return replace(self.reference, model=model, spend=spend, known={})

    @property
    def usable(self) -> bool:
        """Whether an eligible order is left."""
        return bool(self.reference.purchases)

    def __hash__(self) -> int:
        return hash((self.seed, self.customers, self.orders))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A shop with at least one eligible order."""
    case = Case(
        seed=draw(st.integers(0, 10_000)),
        customers=draw(st.sampled_from((1, 3, 12, 40))),
        orders=draw(st.sampled_from((1, 8, 40, 130))),
        days=draw(st.sampled_from((500, 1, 60, 95, 250, 800))),
        money=draw(st.sampled_from((True, True, True, False))),
        spoiled=draw(st.sampled_from((0.2, 0.0))),
        window=draw(st.sampled_from((None, None, 30, 45, 90))),
        value=draw(st.sampled_from(("paid", "goods"))),
        zero_orders=draw(st.sampled_from(("exclude", "keep"))),
        filter=draw(st.sampled_from((None, *FILTERS))),
    )
    looked_at = draw(st.sampled_from((None, None, 10, -40)))
    if looked_at is not None:
        case = replace(case, as_of=TODAY - dt.timedelta(days=40 + looked_at))
    if not case.usable:
        case = replace(case, as_of=None, spoiled=0.0, zero_orders="keep")
    return case


class _Maker:
    """Draws the orders of one case: gaps of exactly the window, borders of periods, ties, several a day."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.random = random.Random(case.seed)
        self.last_bought: dict[str, dt.date] = {}
        self.rhythm = {f"c{n}": self.random.choice((3, 7, 30, 45, 90)) for n in range(case.customers)}

    def intake(self) -> Any:
        rows, lines, records = [], [], [0, 0]
        for key in range(self.case.orders):
            file_no = self.random.randrange(2)
            row = {"order_key": key, "order_id": f"A{key}", "file_no": file_no, **self._order()}
            basket = self._basket(row)
            for nth, line in enumerate(basket or [None]):
                # An order may go on in the other file.
                place = file_no if nth == 0 or self.random.random() < 0.8 else 1 - file_no
                records[place] += 1
                row.setdefault("record", records[place])
                if line is not None:
                    lines.append({"order_key": key, "file_no": place, "record": records[place], **line})
            row["row_count"] = max(len(basket), 1)
            rows.append(row)
        excluded = []
        for _n in range(self.random.randrange(3) if self.case.spoiled else 0):
            records[1] += 1
            reason = self.random.choice(("blank", "unreadable"))
            excluded.append({"file_no": 1, "record": records[1], "reason": reason, "detail": "day 99"})
        return Intake.of(
            orders=pl.DataFrame(rows, schema=ORDERS),
            lines=pl.DataFrame(lines, schema=LINES),
            excluded=pl.DataFrame(excluded, schema=EXCLUDED),
            files=pl.DataFrame(
                [{"file_no": n, "file": f"{n}.csv", "dialect": "made", "rows": records[n],
                  "modified": dt.datetime(2025, 6, 30)} for n in (0, 1)],
                schema=FILES,
            ),
            currency="NOK",
        )  # fmt: skip

    def _order(self) -> Row:
        some, seldom = self.random.random, self.case.spoiled
        customer = f"c{self.random.randrange(self.case.customers)}"
        at = dt.datetime.combine(self._day(customer), dt.time(self.random.randrange(24), 30))
        gross = self.random.choice((10.0, 10.0, 25.5, 99.99, 100.0, round(some() * 300, 2)))
        order: Row = {
            "customer_id": customer,
            "ordered_at": at,
            "status": self.random.choice(("paid", "paid", "unknown")),
            "gross": gross,
            "country": self.random.choice(("NO", "no", "SE", None)),
            "channel": self.random.choice(("web", "shop", None)),
            "name": self.random.choice(("Una", "Bo", None)),
            "email": self.random.choice((f"{customer}@example.com", None)),
            "phone": self.random.choice((f"+47{at:%d%H%j}", None)),
            "consent": self.random.choice(("yes", "no", None)),
            "discount": self.random.choice((None, 0.0, 2.5)),
            "discount_code": self.random.choice((None, None, None, "SPRING")),
            "tags": self.random.choice((None, "vip", "Trade; VIP,Exchange", "trade , new;", ";")),
            "shipping": self.random.choice((None, 0.0, 5.0)),
            "tax": self.random.choice((None, 4.5)),
            "refund": None,
            "currency": "NOK",
        }
        if some() < seldom:
            order |= self.random.choice(
                (
                    {"status": "partially_refunded", "refund": round(gross / 2, 2)},
                    {"status": "partially_refunded", "refund": round(gross - 1, 2)},
                    {"refund": gross},
                    {"status": "refunded", "refund": None},
                    {"status": "cancelled"},
                    {"status": "pending"},
                    {"status": "test"},
                    {"customer_id": None},
                    {"gross": 0.0},
                    {"gross": -gross},
                    {"ordered_at": dt.datetime.combine(TODAY, at.time()) + dt.timedelta(days=2)},
                )
            )
        if not self.case.money:
            order |= {"gross": None, "refund": None, "shipping": None, "tax": None, "discount": None}
        return order

    def _day(self, customer: str) -> dt.date:
        end = TODAY - dt.timedelta(days=40)
        start = end - dt.timedelta(days=self.case.days)
        before = self.last_bought.get(customer)
        kind = self.random.random()
        if before is not None and kind < 0.1:
            day = before
        elif before is not None and kind < 0.7:
            window = self.case.window or 90
            day = before + dt.timedelta(days=self.random.choice((self.rhythm[customer], window, window - 1)))
        elif kind < 0.8:
            day = self.random.choice(BORDERS)
        else:
            day = start + dt.timedelta(days=self.random.randrange(self.case.days))
        day = min(max(day, start), end)
        self.last_bought[customer] = day
        return day

    def _basket(self, order: Row) -> list[Row]:
        return [
            {
                "sku": self.random.choice(("S1", None)),
                "product": self.random.choice(("Spade", "Kite", None)),
                "category": self.random.choice(("Garden", "Kids", None)),
                "quantity": 1.0,
                "value": self.random.choice((5.0, 5.0, order["gross"], None)),
            }
            for _line in range(self.random.randrange(4))
        ]
