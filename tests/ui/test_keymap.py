"""Bindings, footer, help and the README's table say the same."""

from collections import Counter

import pytest
from textual.widgets import Static

from cockpit.ui import keymap
from cockpit.ui.app import CockpitApp
from cockpit.ui.main_screen import MainScreen
from cockpit.ui.panels import all_panels
from cockpit.ui.panels.queries import Queries
from cockpit.ui.screens.base import ShopScreen
from cockpit.ui.screens.customer import CustomerScreen
from cockpit.ui.screens.dialog import Dialog
from cockpit.ui.screens.mapping import MappingScreen
from cockpit.ui.screens.page import Page
from cockpit.ui.screens.sql_view import SqlView

HOLDERS = {
    "everywhere": CockpitApp,
    "main": MainScreen,
    "shop": ShopScreen,
    "table": ShopScreen,
    "customer": CustomerScreen,
    "sql": SqlView,
    "queries": Queries,
    "dialog": Dialog,
    "mapping": MappingScreen,
}


def test_every_key_has_an_id_of_its_own_and_a_sentence():
    ids = Counter(key.id for key in keymap.KEYS)
    assert [name for name, times in ids.items() if times > 1] == []
    assert all(key.says and key.name for key in keymap.KEYS)


@pytest.mark.parametrize("where", keymap.WHERE)
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
        ("everywhere", "dialog", "sql"),
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
    assert table.count("\n") == len(keymap.KEYS) + 2
    for key in keymap.KEYS:
        assert key.says in table


async def test_the_help_screen_lists_every_key(cockpit):
    async with cockpit() as session:
        await session.press("f1")
        text = session.app.screen.query_one("#text", Static).content.plain
        assert [key.id for key in keymap.KEYS if key.says not in text] == []
        assert isinstance(session.app.screen, Page)


async def test_the_footer_shows_only_keys_of_the_table(cockpit):
    async with cockpit(panel="6") as session:
        shown = {
            active.binding.id for active in session.app.screen.active_bindings.values() if active.binding.show
        }
        assert shown <= {key.id for key in keymap.KEYS if key.in_footer}
        assert "export" in shown
