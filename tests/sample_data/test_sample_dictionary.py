"""The data dictionary says what the files hold, and the figures and truths it names are theirs."""

import re

import polars as pl
import pytest

from sample_data import made, truth


@pytest.fixture(scope="module")
def sections(folder) -> dict[str, list[list[str]]]:
    """The table of each section: rows of cells, without heading."""
    found: dict[str, list[list[str]]] = {}
    title = ""
    for line in (folder / "README.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            title = line.lstrip("# ")
        elif line.startswith("|") and not line.startswith("|---"):
            found.setdefault(title, []).append([cell.strip() for cell in line.strip("|").split("|")])
    return found


def columns(rows: list[list[str]]) -> list[str]:
    return [row[0].strip("`") for row in rows[1:]]


def test_every_column_of_the_shop_is_described_in_order(sections, lines):
    rows = sections["Columns of shop.parquet"]
    assert columns(rows) == lines.columns
    per_order = lines.group_by("order_id").agg(pl.all().exclude("order_id").n_unique()).drop("order_id").max()
    for name, level, unit, meaning in rows[1:]:
        assert level == "order" or per_order[name.strip("`")].item() > 1
        assert unit and meaning


def test_every_hidden_trait_is_described(sections, folder):
    rows = sections["Columns of truth_customers.parquet"]
    assert columns(rows) == pl.read_parquet(folder / made.HIDDEN).columns


def test_every_filled_column_of_the_shopify_export_is_described(sections, folder):
    export = pl.read_csv(folder / made.SHOPIFY, infer_schema=False)
    filled = [name for name in export.columns if export[name].null_count() < len(export)]
    assert columns(sections["Columns of shopify_orders_export.csv.gz"]) == filled


def test_the_truths_told_are_the_truths_used(sections):
    known = truth.as_data()
    rows = {row[0]: row[-1] for row in sections["What is true"]}
    for name, values in {
        **known["stories"],
        "purchases": known["purchases"],
        "spend": known["spend"],
    }.items():
        told = dict(re.findall(r"`(\w+)` ([^,]+)", rows[name]))
        assert told == {key: str(value) for key, value in values.items()}


def test_the_figures_told_are_those_of_the_file(sections, orders, purchases):
    per_customer = purchases.group_by("customer_id").agg(pl.len().alias("n"), pl.col("wait").median())
    eligible = orders.filter(
        pl.col("customer_id").is_not_null(),
        pl.col("status").is_in(["paid", "partially_refunded"]),
        pl.col("total") > 0,
    )
    value = (eligible["total"] - eligible["refund"]).sum()
    assert dict(sections["The shop in figures"][1:]) == {
        "orders, all": f"{len(orders):,}",
        "eligible orders": f"{len(eligible):,}",
        "customers with an eligible order": f"{len(per_customer):,}",
        "value of eligible orders, refunds taken off": f"{value:,.2f} NOK",
        "customers with one purchase only": f"{(per_customer['n'] == 1).mean():.1%}",
        "median days between purchases": f"{purchases['wait'].median():.0f}",
        "median over repeat buyers of their own median gap": f"{per_customer['wait'].median():.0f} days",
        "orders with a refund": f"{(orders['refund'] > 0).mean():.1%}",
    }
