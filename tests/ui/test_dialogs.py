"""Dialogs and pages over the main screen: SQL, help, export, palette."""

import csv
import json
from pathlib import Path

import pytest
from textual.color import Color
from textual.events import Key
from textual.widgets import Input, OptionList, Select, Static

from cockpit.settings import Settings
from cockpit.ui import keymap
from cockpit.ui.app import CockpitApp
from cockpit.ui.main_screen import MainScreen
from cockpit.ui.screens.confirm import ConfirmDialog
from cockpit.ui.screens.customer import CustomerScreen
from cockpit.ui.screens.export import file_name
from cockpit.ui.screens.search import SearchBar
from cockpit.ui.widgets.palette import TEXT_CONTRAST, contrast
from cockpit.ui.widgets.virtual_table import VirtualTable
from tests.ui.stubs import ListScreen


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def text_on(session) -> str:
    return session.app.screen.query_one("#text", Static).content.plain


async def test_the_sql_view_shows_statement_parameters_time_and_rows(cockpit):
    async with cockpit(panel="2") as session:
        await session.press("v")
        text = text_on(session)
        assert "from periods($grain)" in text
        assert "$grain  = 'quarter'" in text
        assert "$window = 90" in text
        assert "rows in" in text
        await session.press("escape")
        assert isinstance(session.app.screen, MainScreen)


async def test_the_sql_view_of_a_list_opened_from_a_figure_has_its_condition(cockpit):
    async with cockpit() as session:
        await session.press("right", "enter")
        assert isinstance(session.app.screen, ListScreen)
        await session.press("v")
        assert "from action_lists($window) where list = $row_list" in text_on(session)
        assert "$row_list = 'at_risk'" in text_on(session)


async def test_help_has_the_panels_own_words_and_its_figures_definitions(cockpit):
    async with cockpit(panel="2") as session:
        await session.press("question_mark")
        text = text_on(session)
        assert "What there is to do." in text
        assert "Active the day before, not active on the last day." in text
        assert "Choose the lapse window" in text
        await session.press("question_mark", "q")
        assert isinstance(session.app.screen, MainScreen)


async def test_an_export_has_the_rows_that_the_screen_counts(cockpit, tmp_path):
    async with cockpit(panel="6") as session:
        shown = session.app.screen.panel.answer.frame
        await session.press("e")
        dialog = session.app.screen
        assert f"{shown.height} rows will be written" in dialog.query_one("#counted", Static).content.plain
        await session.press("enter")
        assert isinstance(session.app.screen, MainScreen)
        with (tmp_path / "at-risk.csv").open(newline="") as file:
            rows = list(csv.DictReader(file))
        assert [row["customer_id"] for row in rows] == shown["customer_id"].to_list()
        assert "customer_key" not in rows[0]
        about = json.loads((tmp_path / "at-risk.csv.about.json").read_text())
        assert about["rows_written"] == shown.height
        assert any(f"{shown.height} rows written" in said for said in session.said)


async def test_an_upload_counts_who_is_left_out_before_it_writes(cockpit):
    async with cockpit(panel="6") as session:
        await session.press("e")
        dialog = session.app.screen
        assert not dialog.query_one("#consent").display
        dialog.query_one("#preset", Select).value = "mailchimp"
        await session.settle()
        assert dialog.query_one("#consent").display
        counted = dialog.query_one("#counted", Static).content.plain
        assert "3 rows will be written" in counted
        assert "6 without consent" in counted
        dialog.query_one("#consent", Select).value = "assumed"
        await session.settle()
        assert "6 rows will be written" in dialog.query_one("#counted", Static).content.plain


async def test_a_file_that_is_there_is_replaced_only_after_a_yes(cockpit, tmp_path):
    (tmp_path / "at-risk.csv").write_text("mine")
    async with cockpit(panel="6") as session:
        await session.press("e", "enter")
        assert isinstance(session.app.screen, ConfirmDialog)
        await session.press("n")
        assert (tmp_path / "at-risk.csv").read_text() == "mine"
        await session.press("enter", "y")
        assert (tmp_path / "at-risk.csv").read_text() != "mine"
        assert isinstance(session.app.screen, MainScreen)


async def test_a_folder_that_is_not_there_is_a_sentence_in_the_dialog(cockpit):
    async with cockpit(panel="6") as session:
        await session.press("e")
        session.app.screen.query_one(Input).value = "nowhere/list.csv"
        await session.press("enter")
        assert "nowhere" in session.app.screen.query_one(".problem", Static).content.plain


def test_a_list_gives_its_file_a_name():
    assert file_name("Churn by period › 2025-10-01 › lost") == "churn-by-period-2025-10-01-lost.csv"
    assert file_name("…") == "list.csv"


async def test_a_table_is_searched_sorted_and_copied(cockpit):
    async with cockpit(panel="6") as session:
        await session.press("slash")
        await session.type("q3")
        await session.press("enter")
        table = session.app.screen.query_one("#panel-at_risk VirtualTable", VirtualTable)
        assert table.cursor_record["customer_id"] == "q3"
        await session.press("y")
        assert session.app.clipboard == "q3"
        await session.press("Y")
        assert session.app.clipboard.startswith("q3\tQuiet 3\tNO\t")
        await session.press("S")
        assert session.app.screen.query_one(OptionList).option_count == len(table.columns)
        await session.press("enter")
        assert table.sorted_by == ("customer_id", False)
        await session.press("slash", "escape")
        assert session.app.focused is table


async def test_the_palette_goes_to_a_panel_and_to_a_list(cockpit):
    async with cockpit() as session:
        await session.press("ctrl+p")
        await session.type("churn")
        await session.pilot.pause(0.3)
        await session.press("down", "enter")
        assert session.app.screen.panel.key == "churn"
        await session.press("colon")
        await session.type("lapsed")
        await session.pilot.pause(0.3)
        await session.press("enter")
        assert isinstance(session.app.screen, ListScreen)
        assert session.app.screen.listing.query.name == "lapsed"


async def test_the_palette_jumps_to_a_customer_outside_the_filter_without_the_whole_list(
    cockpit, shop, monkeypatch
):
    def refuse(*_arguments):
        raise AssertionError("the whole list was asked for")

    async with cockpit() as session:
        await session.press("f")
        await session.type("country=NO")
        await session.press("enter")
        monkeypatch.setattr(shop, "listing", refuse)
        await session.press("ctrl+p")
        await session.type("q5@exa")
        await session.pilot.pause(0.5)
        await session.press("down", "enter")
        assert isinstance(session.app.screen, CustomerScreen)
        assert session.app.screen.page.profile["customer_id"] == "q5"


async def test_page_keys_right_after_the_palettes_key_do_no_harm(cockpit):
    async with cockpit() as session:
        for _ in range(3):
            await session.pilot.press("ctrl+p", "pagedown", "pageup", "pagedown", "escape")
        await session.settle()
        assert isinstance(session.app.screen, MainScreen)


async def test_a_theme_is_chosen_in_the_palette(cockpit):
    async with cockpit() as session:
        await session.press("ctrl+p")
        await session.type("cockpit-light")
        await session.pilot.pause(0.3)
        await session.press("down", "enter")
        assert session.app.theme == "cockpit-light"


@pytest.mark.parametrize("key", ["question_mark", "f", "w", "ctrl+p", "v"])
async def test_a_screen_that_is_left_twice_at_once_closes_nothing_below(cockpit, key):
    async with cockpit() as session:
        main = session.app.screen
        await session.press(key)
        above = session.app.screen
        assert above is not main
        above.dismiss(None)
        above.dismiss(None)
        await session.settle()
        assert session.app.screen is main


@pytest.mark.parametrize("key", ["down", "up", "enter", "pagedown", "home", "escape"])
async def test_keys_that_meet_a_palette_on_its_way_do_no_harm(cockpit, key):
    async with cockpit() as session:
        for name in ("ctrl+p", key, key):
            session.app.post_message(Key(name, None))
        await session.settle()
        assert not session.app.crashed_by
        for name in ("escape", key, key):
            session.app.post_message(Key(name, None))
        await session.settle()
        assert not session.app.crashed_by


async def test_a_palette_opens_while_the_one_before_is_still_going(cockpit):
    async with cockpit() as session:
        app = session.app
        app.action_command_palette()
        before = app.screen
        app.screen.dismiss(None)
        app.action_command_palette()
        await session.settle()
        assert type(app.screen) is type(before)
        assert app.screen is not before
        assert not app.crashed_by


async def test_a_second_search_takes_the_place_of_the_first(cockpit):
    async with cockpit(panel="6") as session:
        await session.press("slash", "tab", "shift+tab")
        table = session.app.screen.query_one("#panel-at_risk VirtualTable", VirtualTable)
        table.focus()
        await session.press("slash")
        await session.type("q3")
        assert len(session.app.screen.query(SearchBar)) == 1
        await session.press("enter")
        assert table.cursor_record["customer_id"] == "q3"


async def test_a_palette_that_has_closed_is_deaf(cockpit):
    async with cockpit() as session:
        await session.press("ctrl+p")
        palette = session.app.screen
        await session.press("escape")
        palette._action_command_list("page_down")
        palette._action_cursor_down()
        palette._list_visible = not palette._list_visible
        await palette._watch__show_busy()
        await session.settle()
        assert not session.app.crashed_by


async def test_help_is_there_in_a_dialog_about_the_dialog(cockpit):
    async with cockpit() as session:
        await session.press("w")
        dialog = session.app.screen
        await session.press("f1")
        text = text_on(session)
        assert text.index(keymap.WHERE["dialog"]) < text.index(keymap.WHERE["main"])
        shown = session.app.screen.active_bindings.values()
        assert "app.help" not in {active.binding.action for active in shown}
        await session.press("escape")
        assert session.app.screen is dialog


async def test_a_key_that_comes_after_the_last_screen_does_nothing():
    assert not await CockpitApp([Path("a.csv")], Settings())._check_bindings("x")


def unreadable(app) -> list[str]:
    """What is written in the dialog on top below the contrast that text wants."""
    region = app.screen.query_one(".dialog").region
    found = []
    for strip in app.screen._compositor.render_strips(app.size)[region.y + 1 : region.bottom - 1]:
        for part in strip.crop(region.x, region.right):
            words = any(letter.isalnum() for letter in part.text)
            if words and part.style and part.style.color and part.style.bgcolor:
                front, back = (
                    Color.from_rich_color(colour) for colour in (part.style.color, part.style.bgcolor)
                )
                if contrast(front, back) < TEXT_CONTRAST:
                    found.append(f"{part.text.strip()} {front.hex} on {back.hex}")
    return found


async def test_all_that_dialogs_say_can_be_read_in_both_themes(cockpit):
    async with cockpit(panel="6") as session:
        for theme in ("cockpit-dark", "cockpit-light"):
            session.app.theme = theme
            for key in ("w", "e", "d", "S"):
                await session.press(key)
                assert unreadable(session.app) == [], f"{key} in {theme}"
                await session.press("escape")
            await session.press("f")
            await session.type("country")
            await session.press("enter", "tab", "down")
            assert unreadable(session.app) == [], theme
            await session.press("escape")


async def test_keys_that_come_before_a_dialog_is_there_or_after_it_do_no_harm(cockpit):
    async with cockpit() as session:
        main = session.app.screen
        await session.press("6")
        for opening in ("d", "f", "w", "e", "S", "slash", "ctrl+p", "question_mark", "v"):
            for key in (opening, "ctrl+s", "enter", "escape", "ctrl+s"):
                session.app.post_message(Key(key, key if len(key) == 1 else None))
            await session.settle()
            while session.app.screen is not main:
                await session.press("escape")
        assert not session.app.crashed_by
