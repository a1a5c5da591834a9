"""The filter: values of an attribute with their customers, and the ends of numbers and days."""

import asyncio

from textual.widgets import Input, OptionList

from cockpit.ui.screens.field_values import ValuesOnOffer, typed_part, with_value
from cockpit.ui.screens.filter import _SETTLED


def offered(session) -> list[str]:
    values = session.app.screen.query_one(ValuesOnOffer)
    options = values.query_one(OptionList)
    if not values.display or not options.display:
        return []
    return [options.get_option_at_index(at).prompt.plain for at in range(options.option_count)]


def hint(session) -> str:
    return session.app.screen.query_one("ValuesOnOffer Static").content.plain


async def test_the_commonest_values_of_the_field_are_offered_with_their_customers(cockpit, shop):
    async with cockpit() as session:
        await session.press("f")
        await session.type("coun")
        await session.press("enter", "tab")
        assert offered(session) == ["NO  18 customers", "SE  15 customers", "DK  13 customers"]
        assert hint(session) == "known of 46 customers"
        await session.type("s")
        assert offered(session) == ["SE  15 customers"]
        await session.press("down", "enter")
        assert session.app.screen.query_one("#value", Input).value == "SE"
        await session.press("enter")
        assert [str(condition) for condition in shop.conditions] == ["country=SE"]
        await session.press("f")
        await session.type("country")
        await session.press("enter", "tab")
        assert offered(session) == ["SE  15 customers"]


async def test_numbers_and_days_say_where_they_begin_and_end(cockpit):
    async with cockpit() as session:
        await session.press("f")
        await session.type("last_day")
        await session.press("enter", "tab")
        assert offered(session) == []
        assert hint(session).startswith("from 202")
        assert hint(session).endswith("known of 49 customers")


def test_several_values_stand_beside_each_other():
    assert with_value("=", "n", "NO") == "NO"
    assert with_value("in", "n", "NO") == "NO"
    assert with_value("in", 'NO,"Pots, pans",s', "SE") == 'NO,"Pots, pans",SE'
    assert with_value("in", "NO,", "Pots, pans") == 'NO,"Pots, pans"'
    assert typed_part("in", "NO, S") == "S"
    assert typed_part("=", "Pots, p") == "Pots, p"


def likely(session) -> list[str] | None:
    conditions = session.app.screen._likely()
    return None if conditions is None else [str(condition) for condition in conditions]


async def test_what_the_next_enter_would_set_is_made_ready(cockpit, shop, monkeypatch):
    prepared, in_view = [], []
    prepare = shop.prepare

    def noted(wanted, seen=()):
        prepared.append(wanted)
        in_view.extend(query.name for query in seen)
        prepare(wanted, seen)

    monkeypatch.setattr(shop, "prepare", noted)
    async with cockpit() as session:
        await session.press("f")
        assert likely(session) is None
        await session.type("country")
        await session.press("enter", "tab")
        assert likely(session) is None
        await session.press("down")
        assert likely(session) == ["country=NO"]
        await session.press("down")
        assert likely(session) == ["country=SE"]
        await asyncio.sleep(_SETTLED * 2)
        await session.press("enter")
        assert likely(session) == ["country=SE"]
        assert [str(condition) for condition in prepared[-1]] == ["country=SE"]
        assert {"active_customers", "actions"} <= set(in_view)
        await session.press("enter")
        assert [str(condition) for condition in shop.conditions] == ["country=SE"]
        await session.press("f", "shift+tab", "down")
        assert session.app.screen.focused.id == "in-force"
        assert likely(session) == []
        await session.press("escape")
        assert prepared[-1] is None


async def test_a_whole_condition_is_made_ready_and_half_a_one_is_not(cockpit, shop):
    async with cockpit() as session:
        await session.press("f")
        await session.type("country=")
        assert likely(session) is None
        await session.type("SE")
        assert likely(session) == ["country=SE"]
        await session.press("escape")
        assert shop.conditions == ()
        assert shop._foresight._ahead is None
