import pytest

from cockpit.conditions import parse
from cockpit.ui.panels.drivers import sentence
from cockpit.ui.panels.tables import FiguresTable
from cockpit.ui.screens.listing import ListScreen
from cockpit.ui.widgets.dumbbells import Dumbbells
from tests.shops import Order, shop_from
from tests.ui.whole import text, whole

DAYS = [f"2025-{month:02}-{day:02}" for month in (1, 2, 3) for day in range(1, 21)]


@pytest.fixture(scope="module")
def torn_shop():
    """Lamps send people away: of 60 of theirs 5 come back, of 60 who came for tents 45."""
    lamps = [Order(f"l{n}", day, category="Lamps", country="NO") for n, day in enumerate(DAYS)]
    tents = [Order(f"t{n}", day, category="Tents", country="NO") for n, day in enumerate(DAYS)]
    back = [Order(f"l{n}", "2025-04-01") for n in range(5)] + [
        Order(f"t{n}", "2025-04-01") for n in range(45)
    ]
    given_back = [Order("r0", "2025-01-05", status="refunded", name="Only [b]Refund[/b]")]
    with shop_from([*lamps, *tents, *back, *given_back, Order("z", "2025-12-31")], window=90) as shop:
        yield shop


async def test_the_worst_stands_on_top_and_is_said_in_words(torn_shop):
    async with whole(torn_shop, "7") as session:
        shown = text(session)
        assert "traits clearly go with leaving or staying. What goes together need not be the cause." in shown
        first = session.app.screen.panel.query_one(Dumbbells).dumbbells[0]
        assert first.label == "first category: Lamps"
        assert first.tone == "bad"
        assert first.other < first.low < first.own < first.high
        assert (
            "Lamps (first category): of 60 customers 91,7 % made no second purchase within 90 days" in shown
        )
        assert "It goes with leaving, by" in shown
        assert "cause" not in shown.replace("need not be the cause", "")


async def test_enter_opens_the_customers_with_the_trait(torn_shop):
    async with whole(torn_shop, "7", "enter") as session:
        assert isinstance(session.app.screen, ListScreen)
        assert session.app.screen.exportable().height == 60
        await session.press("escape")
        table = session.app.screen.panel.query_one(FiguresTable)
        table.focus()
        table.move_to(0, "left_us")
        await session.press("enter")
        assert session.app.screen.exportable().height == 55


async def test_someone_who_never_bought_is_listed_and_has_no_page(torn_shop):
    async with whole(torn_shop, "7") as session:
        panel = session.app.screen.panel
        figures = panel.answer.figures["drivers"]
        traits = figures.frame["trait"].to_list()
        panel.open_figure(figures, "rest", traits.index("Lamps"))
        await session.settle()
        shown = session.app.screen.exportable().frame
        row = shown["customer_id"].to_list().index("r0")
        assert shown["status"][row] == "never bought"
        key = session.app.screen.exportable().listing.frame["customer_key"][row]
        session.app.screen.query_one("ListingTable").move_to(row)
        await session.press("enter")
        assert isinstance(session.app.screen, ListScreen), key
        assert "No order of this customer counts: 1 wholly refunded." in session.said[-1]


async def test_the_other_view_is_about_the_lapsed(torn_shop):
    async with whole(torn_shop, "7", "greater_than_sign") as session:
        shown = text(session)
        assert "What goes with being lapsed" in shown
        assert "have lapsed" in shown
        await session.press("less_than_sign")
        assert "What goes with not coming back" in text(session)


async def test_too_few_customers_are_a_sentence(torn_shop):
    torn_shop.filter([parse("country=SE")])
    with shop_from([("a", "2025-01-01", 10.0), ("b", "2025-12-20", 20.0)]) as small:
        async with whole(small, "7") as session:
            assert "Too few customers to compare" in text(session)
            await session.press("greater_than_sign")
            assert "at least one lapse window ago" in text(session)
    torn_shop.filter([])


@pytest.mark.parametrize(
    ("verdict", "low", "said"),
    [
        ("leave", 0.02, "It goes with leaving, by +2.0 to +10.0 points (q 0.020)."),
        ("unclear", -0.02, "No clear difference: it may be −2.0 to +10.0 points, and so none at all."),
        (
            "unclear",
            0.02,
            "No clear difference: among so many comparisons chance brings such ones (q 0.020).",
        ),
        ("too_few", 0.02, "Too few left, or too few stayed, to tell the two apart."),
    ],
)
def test_what_is_not_clear_is_not_claimed(torn_shop, verdict, low, said):
    from cockpit.formats import Formatter

    row = {
        "trait": "Lamps", "attribute": "first_category", "people": 50, "rest": 60, "share_left": 0.5,
        "rest_share": 0.44, "difference_low": low, "difference_high": 0.10, "q": 0.02, "verdict": verdict,
    }  # fmt: skip
    text = sentence(row, "have lapsed", Formatter.for_currency("GBP"))
    assert text.endswith(said)
    assert "Lamps (first category): of 50 customers 50.0% have lapsed, of the rest 44.0%." in text.replace(
        "\u00a0", ""
    )
