"""Bindings, footer, help and the README's table say the same."""

import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.widgets import Input, OptionList, Select, Static, TextArea

import cockpit.ui
from cockpit.ui import keymap
from cockpit.ui.app import CockpitApp
from cockpit.ui.main_screen import MainScreen
from cockpit.ui.panels import all_panels
from cockpit.ui.panels.queries import Queries
from cockpit.ui.screens.base import ShopScreen
from cockpit.ui.screens.confirm import ConfirmDialog
from cockpit.ui.screens.customer import CustomerScreen
from cockpit.ui.screens.dialog import Dialog
from cockpit.ui.screens.filter import FilterDialog
from cockpit.ui.screens.loading import LoadingScreen
from cockpit.ui.screens.mapping import MappingScreen
from cockpit.ui.screens.page import Page
from cockpit.ui.screens.search import SearchBar
from cockpit.ui.screens.sql_view import SqlView
from cockpit.ui.usual_keys import USUAL
from tests.readme import README

HOLDERS = {
    "everywhere": CockpitApp,
    "main": MainScreen,
    "shop": ShopScreen,
    "level": ShopScreen,
    "table": ShopScreen,
    "customer": CustomerScreen,
    "sql": SqlView,
    "queries": Queries,
    "dialog": Dialog,
    "filter": FilterDialog,
    "page": Page,
    "question": ConfirmDialog,
    "search": SearchBar,
    "loading": LoadingScreen,
    "mapping": MappingScreen,
}
"""Who binds the keys of the table; those of the drawn widgets bind themselves."""


def _kinds(of: type = DOMNode) -> Iterator[type]:
    for kind in of.__subclasses__():
        yield kind
        yield from _kinds(kind)


def _of_the_cockpit() -> list[type]:
    """Every app, screen, panel and widget class of the cockpit."""
    for module in pkgutil.walk_packages(cockpit.ui.__path__, "cockpit.ui."):
        importlib.import_module(module.name)
    kinds = {kind for kind in _kinds() if kind.__module__.startswith("cockpit.")}
    return sorted(kinds, key=lambda kind: kind.__qualname__)


def _bound(kind: type) -> list[Binding]:
    return list(Binding.make_bindings(vars(kind).get("BINDINGS", ())))


KINDS = _of_the_cockpit()
OWN = [(kind.__qualname__, binding) for kind in KINDS for binding in _bound(kind)]
TEXTUALS = {
    base
    for kind in (*KINDS, Input, OptionList, Select, TextArea)
    for base in kind.__mro__
    if not base.__module__.startswith("cockpit.") and vars(base).get("BINDINGS")
}


README_LINES = README.read_text("utf-8").splitlines()


def _said(key: str, binding_id: str | None) -> str:
    """What help and README must say of a key of a binding with this id."""
    found = [each for each in keymap.KEYS if each.id == binding_id and key in each.keys]
    assert found, f"{key} of {binding_id} is not in the table"
    return found[0].says


@pytest.mark.parametrize(("kind", "binding"), OWN, ids=lambda each: getattr(each, "key", each))
def test_every_binding_of_every_class_is_in_help_and_readme(kind, binding):
    says, key = _said(binding.key, binding.id), keymap.written(binding.key)
    in_help = [
        keys.split(" ") for rows in keymap.keys_by_place().values() for keys, said in rows if said == says
    ]
    assert any(key in keys for keys in in_help), f"the help has no {key} of {kind}"
    rows = [line for line in README_LINES if f"| {says} |" in line]
    assert any(f"`{key}`" in row for row in rows), f"the README has no {key} of {kind}"


def test_no_class_of_the_cockpit_is_without_a_look():
    assert {"VirtualTable", "Chart", "KpiCard", "Sentences", "Page", "LoadingScreen"} <= {
        kind for kind, _binding in OWN
    }


@pytest.mark.parametrize(
    "base", sorted(TEXTUALS, key=lambda kind: kind.__name__), ids=lambda kind: kind.__name__
)
def test_the_keys_that_textual_brings_along_are_written_down(base):
    usual = {name for group in USUAL for names, _says in group.keys for name in names}
    table = {name for key in keymap.KEYS if key.where == "everywhere" for name in key.keys}
    assert {binding.key for binding in _bound(base)} - usual - table == set()


def test_where_the_owner_is_stands_first_in_the_help():
    headings = list(keymap.keys_by_place({"sql.copy", "help"}))
    assert headings[:2] == [keymap.WHERE["everywhere"], keymap.WHERE["sql"]]
    assert set(headings) == set(keymap.keys_by_place())


def test_every_key_has_an_id_of_its_own_and_a_sentence():
    ids = Counter(key.id for key in keymap.KEYS)
    assert [name for name, times in ids.items() if times > 1] == []
    assert all(key.says and key.name for key in keymap.KEYS)


@pytest.mark.parametrize("where", HOLDERS)
def test_the_keys_of_a_place_are_bound_there(where):
    bound = {binding.id for binding in HOLDERS[where].BINDINGS}
    assert {key.id for key in keymap.SHELL if key.where == where} <= bound


@pytest.mark.parametrize("key", keymap.SHELL, ids=lambda key: key.id)
def test_every_key_does_something(key):
    name, _, _ = key.action.removeprefix("app.").partition("(")
    holder = CockpitApp if key.action.startswith("app.") else HOLDERS[key.where]
    assert callable(getattr(holder, f"action_{name}", None)), key.action


@pytest.mark.parametrize(
    "together",
    [
        ("everywhere", "main", "shop", "table", "queries"),
        ("everywhere", "main", "shop", "lines"),
        ("everywhere", "main", "shop", "chart"),
        ("everywhere", "main", "shop", "card"),
        ("everywhere", "shop", "level", "table", "customer"),
        ("everywhere", "dialog", "page", "sql"),
        ("everywhere", "dialog", "filter"),
        ("everywhere", "question"),
        ("everywhere", "loading"),
        ("everywhere", "mapping"),
    ],
)
def test_no_key_means_two_things_in_one_place(together):
    keys = [(name, key.id) for key in keymap.KEYS if key.where in together for name in key.keys]
    twice = [name for name, times in Counter(name for name, _ in keys).items() if times > 1]
    assert twice == []


def test_the_digits_are_those_of_the_panels():
    assert {(kind.digit, kind.key) for kind in all_panels()} == {
        (digit, key) for digit, key, _title in keymap.PANEL_DIGITS
    }


def test_the_readmes_table_has_a_row_for_every_key():
    table = keymap.readme_table()
    usual = sum(len(group.keys) for group in USUAL)
    assert table.count("\n") == len(keymap.KEYS) + usual + 2
    for key in keymap.KEYS:
        assert key.says in table


async def test_the_help_screen_lists_every_key(cockpit):
    async with cockpit() as session:
        await session.press("f1")
        text = session.app.screen.query_one("#text", Static).content.plain
        lines = [re.sub(r"\s+", " ", line).strip() for line in text.splitlines()]
        rows = [row for rows in keymap.keys_by_place().values() for row in rows]
        assert [row for row in rows if " ".join(row) not in lines] == []
        assert isinstance(session.app.screen, Page)


async def test_the_footer_shows_only_keys_of_the_table(cockpit):
    async with cockpit(panel="6") as session:
        shown = {
            active.binding.id for active in session.app.screen.active_bindings.values() if active.binding.show
        }
        assert shown <= {key.id for key in keymap.KEYS if key.in_footer}
        assert "export" in shown
