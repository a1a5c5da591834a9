import polars as pl

from cockpit.formats import Formatter
from cockpit.warehouse.catalog import Column
from cockpit.words import with_sentences

COLUMNS = {
    "code": Column("code", "code"),
    "days": Column("days", "days"),
    "odd": Column("odd", "one in"),
    "auc": Column("auc", "number"),
    "who": Column("who", "customers"),
    "method": Column("method", "code", sentences={"mbg": "the model"}),
    "name": Column("name", "text"),
    "why": Column(
        "why",
        "sentence",
        by="code",
        sentences={
            "a": "{name}: {days} days, one in {odd}, {auc}.",
            "b": "{who} by {method}.",
            "c": "Plain.",
        },
    ),
}


def sentences(currency: str) -> list[str | None]:
    frame = pl.DataFrame(
        {
            "code": ["a", "b", "c", "d"],
            "days": [33.6, None, 2.0, 3.0],
            "odd": [1e6, 9.2, None, 3.0],
            "auc": [0.75, None, 0.5, 0.5],
            "who": [1, 12345, None, 4],
            "method": [None, "mbg", "mbg", "mbg"],
            "name": ["Ann", None, None, "Bob"],
            "why": ["a", "b", "c", "d"],
        }
    )
    return with_sentences(frame, COLUMNS, Formatter.for_currency(currency))["why"].to_list()


def test_figures_in_sentences_are_written_in_the_shops_notation():
    assert sentences("GBP") == ["Ann: 34 days, one in 1,000+, 0.750.", "12,345 by the model.", "Plain.", None]
    norwegian = sentences("NOK")
    assert norwegian[0] == "Ann: 34 days, one in 1\u00a0000+, 0,750."
    assert norwegian[1] == "12\u00a0345 by the model."


def test_a_list_without_rows_keeps_its_columns():
    empty = pl.DataFrame({"code": [], "why": []}, schema={"code": pl.String, "why": pl.String})
    columns = {
        "code": COLUMNS["code"],
        "why": Column("why", "sentence", by="code", sentences={"c": "Plain."}),
    }
    assert with_sentences(empty, columns, Formatter()).columns == ["code", "why"]
