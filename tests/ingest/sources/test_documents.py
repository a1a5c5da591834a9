"""JSON in the shapes that people and programs export it."""

import json
from pathlib import Path

import polars as pl
import pytest

from cockpit.errors import InputError
from cockpit.ingest import read, room
from cockpit.ingest.sources import batches, documents
from cockpit.ingest.sources.documents import read_json
from cockpit.ingest.sources.table import Workspace
from cockpit.settings import Settings

ORDERS = [
    {"order_id": 1, "email": "a@x.example", "date": "2024-01-01", "total": 10.10},
    {"order_id": 2, "email": "b@x.example", "date": "2024-01-02", "total": None},
]


def rows_of(tmp_path: Path, text: str) -> list[tuple[object, ...]]:
    path = tmp_path / "orders.json"
    path.write_text(text, encoding="utf-8")
    with Workspace() as workspace:
        return read_json(path, path.name, workspace, lambda _done: None).rows.table().collect().rows()


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(ORDERS),
        json.dumps({"orders": ORDERS, "count": 2}),
        json.dumps({"data": {"orders": {"edges": [{"node": one} for one in ORDERS]}}}),
        json.dumps({name: [one[name] for one in ORDERS] for name in ORDERS[0]}),
        json.dumps({name: {str(row): one[name] for row, one in enumerate(ORDERS)} for name in ORDERS[0]}),
        "\n".join(json.dumps(one) for one in ORDERS) + "\n\n",
    ],
    ids=["list", "wrapped", "edges", "columns", "pandas", "lines"],
)
def test_every_shape_gives_one_row_an_order_with_numbers_as_written(tmp_path: Path, text: str):
    assert rows_of(tmp_path, text) == [
        ("1", "a@x.example", "2024-01-01", "10.1"),
        ("2", "b@x.example", "2024-01-02", None),
    ]


@pytest.mark.parametrize(
    "write",
    [
        json.dumps,
        lambda orders: json.dumps({"orders": orders}, indent=1),
        lambda orders: "\n" + "\n".join(map(json.dumps, orders)),
        lambda orders: json.dumps({"count": 9, "orders": orders}),
    ],
    ids=["list", "wrapped", "lines", "document"],
)
def test_columns_may_come_late_and_each_batch_has_all(tmp_path: Path, monkeypatch, write):
    monkeypatch.setattr(batches, "ROWS", 2)
    monkeypatch.setattr(documents, "PIECE_BYTES", 24)
    orders = [{}, {"id": 1, "items": []}, {"id": 2, "items": [{"sku": "é"}]}, {"vip": True, "items": "none"}]
    orders += [{"items": [{"price": 1.50}, {"sku": "y"}]}]
    path = tmp_path / "orders.json"
    path.write_text(write(orders), encoding="utf-8")

    with Workspace() as workspace:
        found = read_json(path, path.name, workspace, lambda _done: None).rows
        parts = [part.frame.collect() for part in found.parts()]

        assert found.table().collect().equals(pl.concat(parts))
        assert [part.before for part in found.parts()] == [0, 2, 4]
    assert parts[0].columns == ["id", "items", "vip"]
    assert pl.concat(parts).rows() == [
        (None, None, None),
        ("1", None, None),
        ("2", [{"sku": "é", "price": None}], None),
        (None, None, "true"),
        (None, [{"sku": None, "price": "1.5"}, {"sku": "y", "price": None}], None),
    ]


def test_a_document_that_takes_too_much_memory_is_told_before_it_is_read(tmp_path: Path, monkeypatch):
    path = tmp_path / "orders.json"
    path.write_text(json.dumps({"count": 2, "orders": ORDERS}))

    said = read([path], Settings(memory="1KB")).warnings
    assert next(warning for warning in said if "at once" in warning).endswith("granted (--memory).")
    monkeypatch.setattr(room, "machine_memory", lambda: 1_000)
    with pytest.raises(InputError, match="more than this machine has") as refused:
        read([path], Settings(memory="1KB"))
    assert "one order a line" in str(refused.value.remedy)
    path.write_text("\n".join(map(json.dumps, ORDERS)))
    assert not any("at once" in warning for warning in read([path], Settings(memory="1MB")).warnings)


def test_a_damaged_list_is_never_read_as_one_long_line(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(documents, "LONGEST_LINE", 64)
    path = tmp_path / "orders.json"
    path.write_text(json.dumps(ORDERS * 10)[:-3])

    with pytest.raises(InputError, match="line 1 can't be read"):
        read([path], Settings())


@pytest.mark.parametrize("before", ["[", '[{"a":', '{"n": 1, "a":'])
def test_objects_nested_without_end_are_refused(tmp_path: Path, before: str):
    path = tmp_path / "orders.json"
    path.write_text(before + "[" * 100_000)

    with pytest.raises(InputError):
        read([path], Settings())


def test_objects_inside_become_columns_with_dots_and_lists_of_objects_stay(tmp_path: Path):
    text = json.dumps(
        [{"id": 1, "customer": {"id": 7, "vip": True}, "line_items": [{"sku": "x", "price": "1.50"}]}]
    )

    assert rows_of(tmp_path, text) == [("1", "7", "true", [{"sku": "x", "price": "1.50"}])]


def test_one_order_alone_is_an_order(tmp_path: Path):
    assert len(rows_of(tmp_path, json.dumps({**ORDERS[0], "line_items": [{"sku": "x"}, {"sku": "y"}]}))) == 1


@pytest.mark.parametrize("text", ['[{"a": 1}, {"a": ', '{"a": 1}\n{"a"', "[]", "{}", '{"count": 3}'])
def test_what_is_cut_off_or_holds_no_orders_is_refused(tmp_path: Path, text: str):
    path = tmp_path / "orders.json"
    path.write_text(text)

    with pytest.raises(InputError):
        read([path], Settings())


def test_orders_of_shopifys_api_come_with_their_lines(data: Path):
    intake = read([data / "nasty/made/wrapped_shopify_api.json"], Settings())

    assert intake.files["dialect"].to_list() == ["shopify_api"]
    assert intake.orders["order_id"][0] == "#A1000"
    assert intake.lines.height == 12
    assert intake.lines.select("sku", "quantity", "value").row(0) == ("S1", 1.0, 10.0)
