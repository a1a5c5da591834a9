"""Each room imports only from the floors below it, as ARCHITECTURE draws them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "cockpit"

FLOORS = (
    {"cli"},
    {"ui", "report"},
    {"shop"},
    {"building"},
    {"workbench"},
    {"asked", "ahead"},
    {"state"},
    {"opened", "strip", "backtest"},
    {"intervals"},
    {"answers", "outlook"},
    {"lists", "forecast", "warehouse", "ingest", "resume", "remembered"},
    {"figures", "conditions", "words", "values", "files"},
    {"settings", "formats", "errors", "progress", "scratch", "side_by_side"},
    {"language"},
)
"""From the top; a room knows the floors below it, and none of its neighbours."""

NEIGHBOURS_WHO_MEET = {
    ("settings", "errors"), ("settings", "formats"), ("words", "values"),
}  # fmt: skip
"""Small modules of the lowest floors that build on one another, never in a circle."""

ALLOWED = {
    "ui": {"textual", "rich", "polars", "numpy"},
    "shop": {"polars"},
    "workbench": {"polars"},
    "backtest": {"polars", "numpy"},
    "outlook": {"polars", "numpy"},
    "answers": {"polars"},
    "intervals": {"polars"},
    "ingest": {"polars", "fastexcel", "numpy"},
    "warehouse": {"duckdb", "polars"},
    "forecast": {"numpy", "scipy"},
    "lists": {"polars", "babel"},
    "report": {"polars"},
    "values": {"polars"},
    "words": {"polars"},
    "figures": {"polars"},
    "cli": {"polars"},
    "formats": {"babel"},
    "ui/widgets/chart": {"textual", "rich", "plotext"},
}
"""The libraries each room is made of; all others have none."""

LIBRARIES = {"textual", "rich", "plotext", "polars", "duckdb", "numpy", "scipy", "babel", "fastexcel"}


def modules() -> Iterator[Path]:
    return PACKAGE.rglob("*.py")


def room(path: Path) -> str:
    """The room of a file: the first part of its path inside the package."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(path: Path) -> Iterator[tuple[str, bool, bool]]:
    """Every module a file imports: its name, whether for types only, whether as the file is imported."""

    def walk(node: ast.AST, types_only: bool, at_once: bool) -> Iterator[tuple[str, bool, bool]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                yield from ((name.name, types_only, at_once) for name in child.names)
            elif isinstance(child, ast.ImportFrom):
                assert child.level == 0, f"{path} imports relatively"
                module = child.module or ""
                for name in child.names:
                    joined = f"{module}.{name.name}"
                    inside = (ROOT / joined.replace(".", "/")).with_suffix(".py").exists()
                    package = (ROOT / joined.replace(".", "/")).is_dir()
                    yield joined if inside or package else module, types_only, at_once
            elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
                yield from walk(child, True, at_once)
            else:
                inner = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
                yield from walk(child, types_only, at_once and not inner)

    yield from walk(ast.parse(path.read_text("utf-8")), False, True)


def floor_of(name: str) -> int | None:
    return next((level for level, rooms in enumerate(FLOORS) if name in rooms), None)


@pytest.mark.parametrize("path", sorted(modules()), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_room_reaches_back_or_sideways(path):
    own = room(path)
    if own in ("__init__", "__main__"):
        return
    level = floor_of(own)
    assert level is not None, f"{own} stands on no floor"
    for name, types_only, _at_once in imports(path):
        parts = name.split(".")
        if parts[0] != "cockpit" or len(parts) == 1 or parts[1] == own or types_only:
            continue
        other = floor_of(parts[1])
        assert other is not None, f"{name} stands on no floor"
        assert other > level or (own, parts[1]) in NEIGHBOURS_WHO_MEET, f"{own} must not know {name}"


@pytest.mark.parametrize("path", sorted(modules()), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_each_room_knows_only_the_libraries_it_is_made_of(path):
    place = str(path.relative_to(PACKAGE).with_suffix(""))
    allowed = ALLOWED.get(place, ALLOWED.get(room(path), set()))
    used = {
        (name.partition(".")[0], types_only) for name, types_only, _ in imports(path)
        if name.partition(".")[0] in LIBRARIES
    }  # fmt: skip
    for library, types_only in used:
        assert library in allowed or (types_only and library in ("polars", "numpy")), (
            f"{place} must not know {library}"
        )


def test_the_warehouse_hands_frames_over_and_knows_no_more_of_polars():
    for path in (PACKAGE / "warehouse").glob("*.py"):
        for name, types_only, at_once in imports(path):
            assert name != "polars" or types_only or not at_once


@pytest.mark.parametrize("name", ["cli", "settings", "formats", "errors", "progress", "conditions", "files"])
def test_what_the_first_paint_needs_imports_no_data_library(name):
    place = PACKAGE / name
    for path in sorted(place.glob("*.py")) if place.is_dir() else [place.with_suffix(".py")]:
        for imported, types_only, at_once in imports(path):
            if imported.partition(".")[0] in LIBRARIES:
                assert types_only or not at_once, f"{path.name} imports {imported} at once"


SQL = re.compile(
    r"\b(select\s.+\sfrom|insert\s+into|delete\s+from|update\s.+\sset|create\s+(or\s+replace\s+)?table)\b",
    re.IGNORECASE | re.DOTALL,
)
STATEMENTS_OF_THE_HOUSE = {
    "warehouse/connection.py": "loads a frame that arrives",
    "warehouse/catalog.py": "narrows a query file's rows by a condition of a query file",
    "warehouse/scope.py": "joins the query files of the conditions of a filter",
}


def test_sql_lives_in_query_files():
    found = set()
    for path in modules():
        tree = ast.parse(path.read_text("utf-8"))
        documented = {
            id(node.body[0].value) for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and node.body and isinstance(node.body[0], ast.Expr)
        }  # fmt: skip
        for node in ast.walk(tree):
            text = _text(node)
            if text is not None and id(node) not in documented and SQL.search(text):
                found.add(str(path.relative_to(PACKAGE)))
    examples = {"cli/arguments.py"}
    assert found - examples == STATEMENTS_OF_THE_HOUSE.keys()


def _text(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return " ".join(part.value if isinstance(part, ast.Constant) else "x" for part in node.values)
    return None
