"""Order lines as the shop's system holds them: products, money, codes, tags, refunds and deliveries."""

import numpy as np
import polars as pl

from sample_data import catalogue, season, truth
from sample_data.people import People
from sample_data.placing import placed
from sample_data.purchases import Purchases

CURRENCY = "NOK"
FIRST_ORDER_NUMBER = 1001

_OFF = {
    "WELCOME10": 0.10,
    "SUMMER15": 0.15,
    "BLACK23": 0.25,
    truth.BLACK_FRIDAY.code: 0.40,
    "BLACK25": 0.25,
    "GIFT100": 1.0,
}
_WELCOME_SHARE, _SUMMER_SHARE, _BLACK_SHARE = 0.22, 0.25, 0.40  # of orders that could use the code
_VAT = {"NO": 0.25, "SE": 0.25, "DK": 0.25, "FI": 0.255, "DE": 0.19, "GB": 0.20}
_POSTAGE_HOME, _POSTAGE_ABROAD = (7_900, 79_900), (14_900, 149_900)  # øre: fee, and free from
_DAYS_BY_POST = {"NO": (1, 4), "SE": (2, 5), "DK": (2, 5), "FI": (3, 6), "DE": (3, 6), "GB": (3, 6)}
_EXTRA_DAYS_LATE = (7, 16)
_GIFT_SHARE, _GIFT_SHARE_DECEMBER = 0.03, 0.14


def order_lines(rng: np.random.RandomState, people: People, purchases: Purchases) -> pl.DataFrame:
    """One row an order line, the order's own columns repeated on each of its lines, in order of time."""
    orders = placed(rng, people, purchases)
    orders = _described(rng, orders, people)
    orders = orders.sort("ordered_at", maintain_order=True).with_row_index("order_index")
    orders = orders.with_columns(
        order_id=pl.format("#{}", pl.col("order_index") + FIRST_ORDER_NUMBER),
    )
    lines, money = _priced(rng, orders)
    orders = orders.with_columns(money)
    orders = _settled(rng, orders)
    orders = _delivered(rng, orders)
    return (
        lines.join(orders, on="order_index", maintain_order="left")
        .join(people.public.with_row_index("customer"), on="customer", how="left", maintain_order="left")
        .with_columns(
            email=pl.when(pl.col("other_spelling")).then("email_variant").otherwise("email"),
            country="order_country",
            currency=pl.lit(CURRENCY),
        )
        .with_columns(
            pl.when(pl.col("kind") == "test").then(pl.lit(text)).otherwise(name).alias(name)
            for name, text in _TESTER.items()
        )
        .select(_COLUMNS)
    )


_TESTER = {"customer_id": "K10000", "name": "Test Test", "email": "test@example.com"}
_COLUMNS = [
    "order_id", "customer_id", "email", "name", "phone", "consent", "ordered_at", "status", "country",
    "channel", "discount_code", "tags", "currency", "total", "discount", "shipping", "tax", "refund",
    "delivered_at", "delivery_days", "delivery", "sku", "product", "category", "quantity", "unit_price",
    "line_total",
]  # fmt: skip


def _described(rng: np.random.RandomState, orders: pl.DataFrame, people: People) -> pl.DataFrame:
    """Wall clock, country, discount code, tags, and how the e-mail is spelt."""
    count = len(orders)
    customer = orders["customer"].to_numpy()
    channel = orders["channel"].to_numpy()
    ordered_at = season.wall_clock(orders["moment"].to_numpy(), channel == "pos")
    country = np.where(customer >= 0, people.country[customer], "NO")
    code = _codes(rng, orders, ordered_at, people.bargain_hunter[customer] & orders["first"].to_numpy())
    december = ordered_at.astype("datetime64[M]").astype(int) % 12 == 11
    gift = rng.random_sample(count) < np.where(december, _GIFT_SHARE_DECEMBER, _GIFT_SHARE)
    tags = pl.concat_str(
        pl.when("member").then(pl.lit(truth.LOYALTY.tag)),
        pl.when(pl.Series(gift)).then(pl.lit("gift")),
        pl.when(pl.col("kind") == "test").then(pl.lit("test")),
        separator=", ",
        ignore_nulls=True,
    )
    return orders.with_columns(
        ordered_at=pl.Series(ordered_at).cast(pl.Datetime("us")),
        order_country=pl.Series(country.tolist()),
        discount_code=pl.Series(code.tolist(), dtype=pl.String),
        tags=pl.when(tags != "").then(tags),
        other_spelling=rng.random_sample(count) < 0.4,
    )


def _codes(
    rng: np.random.RandomState, orders: pl.DataFrame, ordered_at: np.ndarray, bargain: np.ndarray
) -> np.ndarray:
    """The discount code of each order, None for most."""
    draw = rng.random_sample(len(orders))
    kind, channel = orders["kind"].to_numpy(), orders["channel"].to_numpy()
    day = ordered_at.astype("datetime64[D]")
    month = day.astype("datetime64[M]").astype(int) % 12 + 1
    code = np.full(len(orders), None, dtype=object)
    code[orders["first"].to_numpy() & (channel != "pos") & (draw < _WELCOME_SHARE)] = "WELCOME10"
    code[((month == 6) | (month == 7)) & (draw > 1 - _SUMMER_SHARE)] = "SUMMER15"
    for year in (2023, 2024, 2025):
        first = np.datetime64(season.black_friday(year)) - 7
        in_days = (day >= first) & (day <= first + 8) & (channel != "pos")
        code[in_days] = None
        newcomer_of_the_story = orders["first"].to_numpy() & (year == truth.BLACK_FRIDAY.start.year)
        code[in_days & (draw > 1 - _BLACK_SHARE) & ~newcomer_of_the_story] = f"BLACK{year % 100}"
    code[bargain] = truth.BLACK_FRIDAY.code
    code[kind == "free"] = "GIFT100"
    code[(kind == "test") | (kind == "anonymous")] = None
    return code


def _priced(rng: np.random.RandomState, orders: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The lines, and for each order total, discount, shipping and tax; all money in øre.

    Baskets are filled so that what the customer pays in the end, shipping and discount included, comes near
    what the order is meant to be worth.
    """
    off = orders["discount_code"].replace_strict(_OFF, default=0.0, return_dtype=pl.Float64).to_numpy()
    sent = orders["channel"].to_numpy() != "pos"
    at_home = orders["order_country"].to_numpy() == "NO"
    fee = np.where(at_home, _POSTAGE_HOME[0], _POSTAGE_ABROAD[0]) * sent
    free_from = np.where(at_home, _POSTAGE_HOME[1], _POSTAGE_ABROAD[1])

    worth = orders["worth"].to_numpy()
    to_pay_for_goods = worth - np.where(worth * 100 < free_from, fee, 0) / 100
    goods_worth = np.maximum(to_pay_for_goods, 60) / np.where(off < 1, 1 - off, 1)
    lines = catalogue.fill_baskets(rng, goods_worth, orders["category_no"].to_numpy()).join(
        catalogue.products(), on="product_no", maintain_order="left"
    )
    lines = lines.select(
        pl.col("order_index").cast(pl.UInt32),
        *("sku", "product", "category", "quantity"),
        unit_price=pl.col("price") * 100,
        line_total=pl.col("price") * 100 * pl.col("quantity"),
    )
    goods = np.bincount(lines["order_index"], weights=lines["line_total"]).astype(np.int64)
    discount = np.rint(goods * off).astype(np.int64)
    shipping = np.where((goods - discount < free_from) & (off < 1), fee, 0)
    total = goods - discount + shipping
    vat = orders["order_country"].replace_strict(_VAT, return_dtype=pl.Float64).to_numpy()
    tax = np.rint(total * vat / (1 + vat)).astype(np.int64)
    money = {"total": total, "discount": discount, "shipping": shipping, "tax": tax}
    return lines, pl.DataFrame(money)


def _settled(rng: np.random.RandomState, orders: pl.DataFrame) -> pl.DataFrame:
    """What became of the money: refund (øre) and status."""
    count = len(orders)
    kind = orders["kind"].to_numpy()
    spoilt = (
        (orders["category_no"].to_numpy() == catalogue.CATEGORIES.index(truth.QUALITY.category))
        & (orders["moment"].to_numpy() >= season.day_number(truth.QUALITY.start))
    )  # fmt: skip
    share = np.where(spoilt, truth.QUALITY.refund_share, truth.REFUND_SHARE)
    paid = ~np.isin(kind, ["cancelled", "pending", "free", "test"])
    refunded = paid & (rng.random_sample(count) < share)
    whole = refunded & (rng.random_sample(count) < truth.REFUND_WHOLE_SHARE)
    total = orders["total"].to_numpy()
    kroner = np.rint(total * rng.uniform(0.10, 0.60, size=count) / 100).astype(np.int64)
    paid_back = (kind == "cancelled") & (rng.random_sample(count) < 0.4)
    refund = np.where(whole | paid_back, total, np.where(refunded, 100 * kroner, 0))
    status = np.select(
        [np.isin(kind, ["cancelled", "pending", "test"]), whole, refunded],
        [kind.astype(str), "refunded", "partially_refunded"],
        "paid",
    )
    return orders.with_columns(refund=refund, status=pl.Series(status.tolist()))


def _delivered(rng: np.random.RandomState, orders: pl.DataFrame) -> pl.DataFrame:
    """Day of delivery, days until then; null for what was handed over, called off or is still on its way."""
    fastest, slowest = np.array([_DAYS_BY_POST[c] for c in orders["order_country"]]).T
    days = fastest + np.floor(rng.random_sample(len(orders)) * (slowest - fastest + 1)).astype(np.int64)
    days += np.where(orders["late"].to_numpy(), rng.randint(*_EXTRA_DAYS_LATE, size=len(orders)), 0)
    arrives = pl.col("ordered_at").dt.date() + pl.duration(days=pl.col("delivery_days"))
    sent = (pl.col("channel") != "pos") & ~pl.col("status").is_in(["cancelled", "pending", "test"])
    there = sent & (arrives <= truth.LAST_DAY)
    in_time = pl.col("delivery_days") <= truth.LATE.promised_days
    return orders.with_columns(delivery_days=pl.Series(days, dtype=pl.Int16)).with_columns(
        delivered_at=pl.when(there).then(arrives),
        delivery_days=pl.when(there).then("delivery_days"),
        delivery=pl.when(there & in_time).then(pl.lit("in time")).when(there).then(pl.lit("late")),
    )
