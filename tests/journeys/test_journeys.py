"""What owners do, by keys alone, from the start of the cockpit to a file on the disk."""

import csv
import json
import os
from pathlib import Path

import pytest
from textual.widgets import Static

from cockpit.settings import Settings
from cockpit.ui.app import CockpitApp
from cockpit.ui.main_screen import MainScreen
from cockpit.ui.screens.customer import CustomerScreen
from cockpit.ui.screens.listing import ListScreen
from cockpit.ui.screens.loading import LoadingScreen
from cockpit.ui.screens.mapping import MappingScreen
from tests.ui.session import Session, mapping_tried

DATA = Path(os.environ.get("COCKPIT_DATA", "/nonexistent"))


@pytest.fixture
def without_trial(monkeypatch: pytest.MonkeyPatch) -> None:
    """The forecast is not tested behind the screen: that goes on behind the first journey."""
    monkeypatch.setattr(CockpitApp, "test_forecast", lambda self: None)


async def loaded(session: Session) -> None:
    """Wait until the export is open and the first panel shows figures."""
    for _ in range(1200):
        await session.pilot.pause(0.05)
        if isinstance(session.app.screen, MainScreen):
            break
    await session.settle()
    assert isinstance(session.app.screen, MainScreen)


async def test_from_the_export_to_a_list_of_customers_at_risk(small_sample, tmp_path, monkeypatch):
    """Load, look at the churn, go to At risk, filter, sort, look at a customer, export what is left."""
    monkeypatch.chdir(tmp_path)
    app = CockpitApp([small_sample], Settings())
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        session = Session(app, pilot)
        assert isinstance(app.screen, LoadingScreen)
        await loaded(session)
        await session.press("2", "6")
        everyone = app.screen.panel.exportable().height

        await session.press("f")
        await session.type("country=SE")
        await session.press("enter")
        panel = app.screen.panel
        assert 0 < panel.exportable().height < everyone

        names = [column.name for column in app.screen.table.columns]
        await session.press("S", *["down"] * names.index("value"), "enter")
        shown = panel.exportable().frame
        assert set(shown["country"]) == {"SE"}
        assert shown["value"].to_list() == sorted(shown["value"])

        await session.press("enter")
        assert isinstance(app.screen, CustomerScreen)
        await session.press("escape")
        assert app.screen.panel is panel

        await session.press("e", "enter")
        with (tmp_path / "at-risk.csv").open(newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
        assert [row["customer_id"] for row in rows] == shown["customer_id"].to_list()
        about = json.loads((tmp_path / "at-risk.csv.about.json").read_text())
        assert about["filters"] == ["country=SE"]
        assert (tmp_path / "at-risk.csv").stat().st_mode & 0o777 == 0o600

        await session.press("q")
    assert app.return_code == 0


async def test_a_figure_opens_a_list_which_opens_a_customer_and_back(small_sample, without_trial):
    """Enter on a figure of the churn table, Enter on a row, Escape twice, and the place is kept."""
    app = CockpitApp([small_sample], Settings())
    async with app.run_test(size=(160, 48)) as pilot:
        session = Session(app, pilot)
        await loaded(session)
        await session.press("2")
        await session.press("enter")
        assert isinstance(app.screen, ListScreen)
        lost = app.screen.listing.frame.height
        assert lost > 0
        await session.press("v", "escape", "enter")
        assert isinstance(app.screen, CustomerScreen)
        await session.press("escape", "escape")
        assert isinstance(app.screen, MainScreen)
        assert app.screen.panel.key == "churn"


async def test_reloading_keeps_panel_and_filter(small_sample, without_trial):
    app = CockpitApp([small_sample], Settings())
    async with app.run_test(size=(120, 40)) as pilot:
        session = Session(app, pilot)
        await loaded(session)
        await session.press("9", "f")
        await session.type("country=NO")
        await session.press("enter", "t")
        before = app.shop
        await pilot.press("ctrl+r")
        for _ in range(1200):
            await pilot.pause(0.05)
            if isinstance(app.screen, MainScreen) and app.shop is not before:
                break
        await session.settle()
        assert app.screen.panel.key == "data"
        assert [str(condition) for condition in app.shop.conditions] == ["country=NO"]
        assert app.shop.settings.period == "year"


async def test_an_export_that_is_not_recognised_is_mapped_remembered_and_loaded(
    tmp_path, monkeypatch, without_trial
):
    """Escape leaves the sentence; the right columns load, and another such file needs no question."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    days = [f"{day:02d}.{month:02d}.2024" for month in range(1, 9) for day in (3, 17)]
    rows = [f"{n};c{n % 5}@x.example;k{n % 5};{day};{n},50" for n, day in enumerate(days)]
    for name in ("till.csv", "later.csv"):
        (tmp_path / name).write_text("\n".join(["Beleg;Wer;Nr. K;Wann genau;Bezahlt", *rows]))
    app = CockpitApp([tmp_path / "till.csv"], Settings())
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await mapping_tried(app, pilot)
        await pilot.press("escape")
        said = app.screen.query_one("#loading-said", Static).content.plain
        assert "no column for a date" in said
        assert "--map ordered_at=" in said

    app = CockpitApp([tmp_path / "till.csv"], Settings())
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        session = Session(app, pilot)
        await mapping_tried(app, pilot)
        await pilot.press("delete", "enter")  # without a date there is nothing to load
        await mapping_tried(app, pilot)
        assert isinstance(app.screen, MappingScreen)
        await pilot.press("left", "g", "down", "down", "down", "space")  # the date
        await pilot.press("right", *["down"] * 5, "left", "G", "space", "r")  # what was paid
        await mapping_tried(app, pilot)
        await pilot.press("enter")
        await loaded(session)
        assert app.shop.facts.orders == 16
        assert app.shop.facts.value == pytest.approx(sum(n + 0.5 for n in range(16)))
        assert str(app.shop.settings.columns["gross"]) == "Bezahlt"

    app = CockpitApp([tmp_path / "later.csv"], Settings())
    async with app.run_test(size=(120, 40)) as pilot:
        await loaded(Session(app, pilot))
        assert app.shop.facts.orders == 16
        assert any("remembered" in sentence for sentence in app.shop.facts.assumptions)


@pytest.mark.skipif(not DATA.is_dir(), reason="COCKPIT_DATA is not set")
async def test_a_real_export_is_narrowed_to_a_country_and_exported(tmp_path, monkeypatch, without_trial):
    """Online Retail: the rows in the file are the rows that the screen counted."""
    monkeypatch.chdir(tmp_path)
    app = CockpitApp([DATA / "online_retail" / "online_retail.parquet"], Settings())
    async with app.run_test(size=(160, 48), notifications=True) as pilot:
        session = Session(app, pilot)
        await loaded(session)
        assert app.shop.facts.customers == 4338
        await session.press("6", "f")
        await session.type("country=Germany")
        await session.press("enter")
        counted = app.screen.panel.exportable().height
        await session.press("e", "enter")
        with (tmp_path / "at-risk.csv").open(newline="", encoding="utf-8-sig") as file:
            assert len(list(csv.DictReader(file))) == counted > 0
