"""Queries: the files, a statement, its rows, and keeping it; by keys."""

import asyncio

import pytest

from cockpit.ui.main_screen import MainScreen
from cockpit.ui.panels.sql_editor import Offers, SqlEditor
from cockpit.ui.screens.confirm import ConfirmDialog
from cockpit.ui.screens.customer import CustomerScreen
from cockpit.ui.screens.listing import ListScreen
from cockpit.ui.screens.save_query import SaveQueryDialog
from cockpit.warehouse.catalog import read_query
from tests.shops import regulars, shop_from
from tests.ui.golden import SIZES
from tests.ui.whole import text, whole

MINE = '/*\ntitle = "Mine"\nsays = "By country."\ngrain = "one row per country"\n*/\nselect 1 as one\n'


@pytest.fixture(scope="module")
def the_shop(tmp_path_factory):
    folder = tmp_path_factory.mktemp("queries")
    (folder / "mine.sql").write_text(MINE)
    (folder / "broken.sql").write_text(MINE.replace("select 1", "select nothing"))
    with shop_from(regulars(), window=90, queries=folder) as opened:
        yield opened


@pytest.fixture
def shop(the_shop):
    yield the_shop
    if the_shop.conditions:
        the_shop.filter(())


async def ask(session, statement: str) -> None:
    """Write a statement in the place of the one that is there, and run it."""
    await session.press("i", "f7")
    await session.type(statement)
    await session.press("escape")
    panel(session).editor.focus()
    await session.press("f5")


def panel(session):
    found = session.app.screen.panel
    assert found.key == "queries"
    return found


async def test_the_owners_files_come_first_and_the_broken_one_says_why(shop):
    async with whole(shop, "0") as session:
        shown = text(session)
        assert shown.index("Your own") < shown.index("Mine") < shown.index("✗ broken.sql")
        assert shown.index("broken.sql") < shown.index("Panels")
        await session.press("j", "enter")
        assert 'column "nothing"' in text(session)
        assert panel(session).editor.text.startswith("/*\ntitle")
        assert panel(session).editor.has_focus


async def test_enter_on_a_file_runs_it_and_its_figures_open(shop):
    async with whole(shop, "0", "enter") as session:
        assert panel(session).rows.row_count == 1
        files = panel(session).query_one("#query-files")
        while "Churn and retention" not in str(files.get_option_at_index(files.highlighted).prompt):
            await session.press("j")
        await session.press("enter")
        figures = shop.panel("bridge")
        assert panel(session).rows.row_count == figures.frame.height
        panel(session).rows.focus()
        panel(session).rows.move_to(figures.frame.height - 2, "lost")
        await session.press("enter")
        assert isinstance(session.app.screen, ListScreen)
        assert session.app.screen.listing.frame.height == figures.frame["lost"][-2]


async def test_a_statement_is_written_with_completion_run_and_its_rows_open_the_customer(shop):
    async with whole(shop, "0", "i", "f7") as session:
        await session.type("select * from customers c where c.cou")
        assert session.app.screen.query_one(Offers).chosen == "country"
        await session.press("tab")
        await session.type("='NO'")
        await session.press("f5")
        assert panel(session).editor.text == "select * from customers c where c.country='NO'"
        rows = panel(session).rows
        assert rows.row_count == 14
        assert "14 rows in" in text(session)
        await session.press("escape")
        assert rows.has_focus
        await session.press("s", "enter")
        assert isinstance(session.app.screen, CustomerScreen)
        await session.press("escape")
        assert panel(session).rows.row_count == 14


async def test_up_and_down_choose_among_what_is_offered_and_escape_declines(shop):
    async with whole(shop, "0", "i", "f7") as session:
        await session.type("select cust")
        offers = session.app.screen.query_one(Offers)
        first = offers.chosen
        await session.press("down")
        assert offers.chosen != first
        await session.press("up", "escape")
        assert not offers.display
        assert panel(session).editor.has_focus
        assert panel(session).editor.text == "select cust"


async def test_an_error_is_a_sentence_by_the_box_and_the_rows_before_stay(shop):
    async with whole(shop, "0") as session:
        await ask(session, "select 1 as one")
        await ask(session, "select nothing from customers")
        assert 'column "nothing" not found' in text(session)
        assert panel(session).rows.row_count == 1
        assert panel(session).rows.has_class("-again")


async def test_escape_stops_a_statement_that_takes_too_long(shop):
    async with whole(shop, "0", "i", "f7") as session:
        await session.type("select count(*) from orders a, orders b, orders c, orders d, orders e")
        await session.pilot.press("f5")
        await asyncio.sleep(0.1)
        assert "Escape stops it" in text(session)
        await session.press("escape")
        assert "Stopped" in text(session)
        assert panel(session).editor.has_focus


async def test_the_rows_follow_the_filter(shop):
    async with whole(shop, "0") as session:
        await ask(session, "select * from customers where customer_key in (from scope)")
        assert panel(session).rows.row_count == 40
        await session.press("escape", "f")
        await session.type("country=NO")
        await session.press("enter")
        assert panel(session).rows.row_count == 14


async def test_a_statement_is_saved_as_a_panel_file_and_never_over_another_unasked(shop):
    folder = shop.settings.queries
    async with whole(shop, "0") as session:
        await ask(session, "select country, count(*) as buyers from customers group by 1")
        await session.press("ctrl+s")
        assert isinstance(session.app.screen, SaveQueryDialog)
        await session.type("Buyers, by country")
        await session.press("enter")
        saved = read_query(folder / "buyers_by_country.sql", "panel")
        assert saved.title == "Buyers, by country"
        assert "Buyers, by country" in text(session)
        await session.press("ctrl+s")
        await session.type("Mine")
        await session.press("enter")
        assert isinstance(session.app.screen, ConfirmDialog)
        await session.press("n", "escape")
        assert (folder / "mine.sql").read_text() == MINE
    (folder / "buyers_by_country.sql").unlink()
    shop.read_queries_again()


async def test_the_sql_view_opens_its_statement_here_to_change_and_run(shop):
    async with whole(shop) as session:
        session.app.screen.query("KpiCard").first().focus()
        await session.press("enter")
        active = session.app.screen.listing.frame.height
        await session.press("v", "o")
        assert isinstance(session.app.screen, MainScreen)
        assert panel(session).editor.has_focus
        assert panel(session).rows.row_count == active > 1
        await session.press("ctrl+end")
        await session.type(" limit 1")
        await session.press("ctrl+j")
        assert panel(session).rows.row_count == 1


async def test_what_was_bound_to_a_row_stays_bound(shop):
    async with whole(shop, "2", "enter", "v", "o") as session:
        assert "$row_period_start = " in text(session)
        assert "rows in" in text(session)


ODD_ANSWERS = (
    "select [1, 2] as l, {'a': 1} as s, map {'k': 2} as m, 'x'::blob as b, time '10:00' as t, 1.5 as d",
    "select 170141183460469231731687303715884105727 as h, uuid() as u, timestamp '2020-01-01' as t",
    "select null as n, 'nan'::double as nan, 'infinity'::double as i, date 'infinity' as d",
    "select null as n",
    "select 'infinity'::timestamp as t, '-infinity'::timestamptz as z, 'infinity'::timestamp_ms as m",
    "select ['infinity'::timestamp] as l",
    "select {'a': date 'infinity', 'b': 1} as s",
    "select interval 1 day as i",
    "explain select 1",
    "describe customers",
    "select '\x1b[31mred' as r, 1 as \"\x1b[2J\"",
    "select * from customers where false",
    "select [1, 2] as l union all select [0]",
)


@pytest.mark.parametrize("statement", ODD_ANSWERS)
async def test_any_type_is_drawn_sorted_and_searched_or_refused_in_a_sentence(shop, statement):
    async with whole(shop, "0") as session:
        editor = panel(session).editor
        editor.write(statement)
        editor.focus()
        await session.press("f5", "escape")
        if "interval" not in statement and "there are days or times that no calendar" not in text(session):
            assert panel(session).rows.row_count == shop.sql(statement).frame.height
        await session.press(*["s", "right"] * 6, "slash")
        await session.type("1")
        await session.press("enter", "y")
        assert session.app.is_running


async def test_signs_that_a_terminal_might_act_on_are_drawn_as_dots(shop):
    async with whole(shop, "0") as session:
        editor = session.app.screen.query_one(SqlEditor)
        editor.write("select '\x1b[2J\u202e'")
        await session.settle()
        assert "select '·[2J·'" in text(session)


async def test_files_statement_and_rows_are_there_at_every_size(shop):
    async with whole(shop, "0", "enter") as session:
        for size in SIZES:
            await session.pilot.resize_terminal(*size)
            await session.settle()
            shown = text(session)
            assert "Query files" in shown
            assert "select 1" in shown
            assert "1 row in" in shown


async def test_where_there_are_few_lines_the_files_get_more_while_they_have_the_focus(shop):
    async with whole(shop, "0", size=(120, 20)) as session:
        files = panel(session).query_one("#query-left")
        panel(session).query_one("#query-files").focus()
        await session.press("j")
        assert files.outer_size.height == 6
        panel(session).editor.focus()
        await session.press("end")
        assert files.outer_size.height == 3
