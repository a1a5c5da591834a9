"""Names made to attack a terminal or to be taken for markup are text, on every screen."""

import os
import re
import unicodedata
from pathlib import Path

import pytest

from cockpit.settings import Settings
from cockpit.shop import Shop
from cockpit.ui.messages import OpenList
from tests.shops import Order, intake_from, open_intake, regulars
from tests.ui.golden import text_of
from tests.ui.session import Session, running

DATA = Path(os.environ.get("COCKPIT_DATA", "/nonexistent"))
HOSTILE = [
    "[bold red]VIP[/]", "[/]", "[@click=app.quit]gift[/]", "[link=https://evil.example]x", "\x1b[2Jgone",
    "\x1b]52;c;ZXZpbA==\x07clip",
    "\x9b31mred", "a\u202eb", "line\nbreak", "tab\there", "$(rm)", "\\[x]", "👩‍👩‍👧",
]  # fmt: skip


def hostile_orders() -> list[Order]:
    """Every text of an order may hold anything; these have not even passed the door."""
    made = [
        Order(
            customer=text, day=f"2025-{month:02d}-01", name=text, email=text, country=text, category=text,
            product=text, channel=text, discount_code=text, consent="yes",
        )
        for text in HOSTILE
        for month in (7, 8, 9, 10, 11, 12)
    ]  # fmt: skip
    return sorted([*regulars(10), *made], key=lambda order: str(order.day))


async def walk(session: Session) -> list[str]:
    """Every panel, the list behind its first figure, a customer, the dialogs: what they show."""
    seen = []
    for keys in (
        "1", "enter", "escape", "2", "enter", "escape", "9", "v", "escape", "6", "question_mark", "escape",
        "enter", "v", "escape", "escape", "e", "escape", "S", "escape", "f", "escape", "down", "enter",
        "escape",
    ):  # fmt: skip
        await session.press(keys)
        seen.append(text_of(session.app))
    session.app.screen.post_message(OpenList("customers"))
    await session.settle()
    seen.append(text_of(session.app))
    await session.press("end", "enter")
    seen.append(text_of(session.app))
    await session.press("escape", "escape")
    return seen


def check(seen: list[str]) -> None:
    for text in seen:
        bad = {letter for letter in text if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp")} - {"\n"}
        assert not bad, bad
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\ufeff]", text)


async def test_names_that_attack_are_shown_as_text():
    with open_intake(intake_from(hostile_orders(), file="[bold]\x1b[2J.csv"), window=90) as shop:
        async with running(shop, (160, 48)) as session:
            seen = await walk(session)
            check(seen)
            assert any("[@click=app.quit]gift[/]" in text for text in seen)
            assert any("[bold red]VIP[/]" in text for text in seen)
            await session.press("f")
            await session.type('country="[/]"')
            await session.press("enter")
            assert 'country="[/]"' in text_of(session.app) or "country=[/]" in text_of(session.app)


@pytest.mark.skipif(not DATA.is_dir(), reason="COCKPIT_DATA is not set")
async def test_a_file_full_of_escapes_and_markup_is_shown_as_text():
    with Shop.open(DATA / "nasty" / "made" / "ansi_and_rich_markup.csv", settings=Settings()) as shop:
        async with running(shop, (120, 40)) as session:
            check(await walk(session))
