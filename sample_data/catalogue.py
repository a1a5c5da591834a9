"""What the shop sells: eight categories, their products and prices in NOK, and how baskets are filled."""

import numpy as np
import polars as pl

from sample_data import truth

# category: (stock-keeping prefix, product line, share of first choices, products with prices)
_RANGE: dict[str, tuple[str, str, float, dict[str, int]]] = {
    "Base layers": ("ULL", "Lauvås", 0.20, {
        "wool socks": 129, "wool liner": 199, "boxer": 279, "neck tube": 169, "tee": 449,
        "long johns": 599, "half-zip": 799, "crew": 699, "hooded crew": 949, "one-piece": 1399,
        "mesh set": 1149, "sweater": 1699,
    }),
    "Jackets": ("JKT", "Skarvet", 0.15, {
        "repair kit": 119, "rain cover": 249, "vest": 699, "wind shirt": 899, "fleece": 999,
        "softshell": 1299, "anorak": 1599, "shell": 2299, "insulated jacket": 1999, "parka": 3299,
        "down jacket": 2799,
    }),
    "Footwear": ("SKO", "Bjørnstien", 0.12, {
        "laces": 79, "insoles": 199, "wax tin": 139, "gaiters": 449, "sandal": 699, "slipper": 549,
        "trail shoe": 1299, "approach shoe": 1599, "hiking boot": 2199, "winter boot": 1899,
        "mountain boot": 3199,
    }),
    "Backpacks": ("SEK", "Trøen", 0.11, {
        "strap": 89, "dry bag 5": 179, "dry bag 20": 299, "hip pack": 399, "daypack 18": 749,
        "daypack 25": 949, "commuter 22": 1199, "tour pack 45": 1799, "child carrier": 2699,
        "expedition 75": 2999,
    }),
    "Headlamps": ("LYS", "Nordlys", 0.11, {
        "battery": 149, "head strap": 99, "clip light": 229, "headlamp 200": 349, "headlamp 400": 599,
        "headlamp 700": 899, "lantern": 449, "bike light": 699, "headlamp 1200": 1399, "headlamp 2000": 2199,
    }),
    "Sleeping": ("SOV", "Fjellro", 0.09, {
        "pillow": 249, "foam pad": 349, "liner": 399, "hammock": 799, "summer bag": 1199, "air mat": 1099,
        "tarp": 899, "three-season bag": 2199, "tunnel tent 2": 3499, "winter bag": 3799,
    }),
    "Kitchen": ("KJK", "Bålplass", 0.12, {
        "fire steel": 99, "spork": 79, "coffee 250 g": 129, "cup": 149, "knife": 349, "kettle": 449,
        "gas stove": 599, "thermos": 399, "pan set": 799, "storm kitchen": 1199, "cast-iron pot": 1499,
    }),
    "Kids": ("BRN", "Småtroll", 0.10, {
        "mittens": 149, "cap": 199, "wool socks": 119, "bib": 99, "rain trousers": 399, "fleece suit": 599,
        "rain set": 699, "wool set": 799, "winter suit": 1299, "ski set": 1799,
    }),
}  # fmt: skip

CATEGORIES = tuple(_RANGE)
WITHOUT_STORY = np.array([n for n, name in enumerate(CATEGORIES) if name != truth.QUALITY.category])
CATEGORY_SHARES = np.array([share for _, _, share, _ in _RANGE.values()])
_LINES_IN_BASKET = (0.52, 0.29, 0.13, 0.06)  # one to four
_SAME_CATEGORY_SHARE = 0.6
_ORDER_WORTH_SEVERAL_LINES = 300.0  # NOK


def products() -> pl.DataFrame:
    """One row a product: product_no, sku, product, product_line, category_no, category, price (NOK)."""
    rows = [
        (f"{prefix}-{n:02}", f"{line} {name}", line, category_no, category, price)
        for category_no, (category, (prefix, line, _, names)) in enumerate(_RANGE.items())
        for n, (name, price) in enumerate(sorted(names.items(), key=lambda item: item[1]), start=1)
    ]
    names = ["sku", "product", "product_line", "category_no", "category", "price"]
    return pl.DataFrame(rows, schema=names, orient="row").with_row_index("product_no")


def fill_baskets(rng: np.random.RandomState, worth: np.ndarray, category_no: np.ndarray) -> pl.DataFrame:
    """Baskets worth about `worth` NOK each, their first line from the category given.

    One row a line: order_index (position in `worth`), product_no, quantity. Products of the category that the
    quality story is about are only in orders that begin with it: any line tells who was exposed.
    """
    count = np.where(
        worth < _ORDER_WORTH_SEVERAL_LINES, 1, 1 + rng.choice(4, size=len(worth), p=_LINES_IN_BASKET)
    )
    order = np.repeat(np.arange(len(worth)), count)
    starts = np.concatenate([[0], np.cumsum(count)[:-1]])
    first = np.zeros(len(order), bool)
    first[starts] = True
    part = rng.gamma(2.0, size=len(order)) + 0.5
    line_worth = worth[order] * part / np.add.reduceat(part, starts)[order]

    shares = CATEGORY_SHARES[WITHOUT_STORY] / CATEGORY_SHARES[WITHOUT_STORY].sum()
    same = first | (rng.random_sample(len(order)) < _SAME_CATEGORY_SHARE)
    category = np.where(same, category_no[order], rng.choice(WITHOUT_STORY, size=len(order), p=shares))

    product, quantity = _pick(rng, line_worth, category)
    return (
        pl.DataFrame({"order_index": order, "product_no": product, "quantity": quantity})
        .group_by("order_index", "product_no", maintain_order=True)
        .agg(pl.col("quantity").sum())
    )


def _pick(
    rng: np.random.RandomState, worth: np.ndarray, category: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """For each line the product of its category whose price times quantity comes near its worth."""
    table = products()
    product = np.empty(len(worth), np.int64)
    quantity = 1 + rng.choice(3, size=len(worth), p=(0.82, 0.13, 0.05))
    taste = rng.normal(0.0, 0.12, size=len(worth))
    for category_no in range(len(CATEGORIES)):
        own = table.filter(pl.col("category_no") == category_no)
        price = own["price"].to_numpy().astype(float)
        here = category == category_no
        wanted = worth[here]
        several = np.where(wanted / quantity[here] < price[0], 1, quantity[here])
        quantity[here] = np.maximum(several, np.ceil(wanted / (1.3 * price[-1])).astype(np.int64))
        middle = (np.log(price[1:]) + np.log(price[:-1])) / 2
        nearest = np.searchsorted(middle, np.log(wanted / quantity[here]) + taste[here])
        product[here] = own["product_no"].to_numpy()[nearest]
    return product, quantity
