"""The first picture is the loading screen: the same cells in the same colours, before Textual is there."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from rich.color import Color, ColorSystem
from rich.console import Console

from cockpit.settings import Settings
from cockpit.ui import loading, stages
from cockpit.ui.app import CockpitApp
from cockpit.ui.colours import DARK, LIGHT
from cockpit.ui.first_picture import LEAST_HEIGHT, LEAST_WIDTH, first_picture
from cockpit.ui.inks import colour_code
from cockpit.ui.screens.loading import LoadingScreen
from cockpit.ui.widgets.contrast import rgb
from tests.ui.golden import SIZES
from tests.ui.terminal import Cells

TRUECOLOR = {"COLORTERM": "truecolor", "TERM": "xterm-256color"}
ODD_SIZES = ((61, 19), (83, 25), (84, 26), (85, 27), (161, 49), (240, 70))
FILES = {
    "one": ("made.csv",),
    "of a folder": ("/srv/exports/orders of 2025.parquet", "/srv/exports/orders of 2026.parquet"),
    "many": tuple(f"the orders of  month {n}.csv" for n in range(1, 13)),
    "long": ("x" * 200 + ".csv", "b.csv"),
    "just as wide": ("o" * 67, "p" * 76, "q" * 44),
    "hostile": ("\x1b[31mred\x1b]0;title\x07\u202egpj.csv", "a\nb.csv", "-", "å é ñ.csv"),
}


@pytest.fixture(autouse=True)
def _nothing_is_loaded(monkeypatch):
    monkeypatch.setattr(loading.Loading, "start", lambda self: None)
    monkeypatch.delenv("NO_COLOR", raising=False)


def of_textual(app: CockpitApp) -> Cells:
    """What Textual has drawn, as if it had been written."""
    text = []
    for y, strip in enumerate(app.screen._compositor.render_strips(app.size)):
        text.append(f"\x1b[{y + 1};1H")
        for part in strip:
            colours = [
                ";".join((ground, "2", *map(str, colour.triplet)))
                for ground, colour in (("38", part.style.color), ("48", part.style.bgcolor))
                if colour is not None
            ]
            codes = ["1"] if part.style.bold else []
            text.append(f"\x1b[{';'.join([*codes, *colours])}m{part.text}\x1b[0m")
    return Cells().take("".join(text))


@pytest.mark.parametrize(
    ("which", "theme", "no_colour"),
    [*((which, DARK, {}) for which in FILES), ("one", LIGHT, {}), ("one", LIGHT, {"NO_COLOR": ""})],
)
async def test_it_is_what_textual_draws(which, theme, no_colour, monkeypatch):
    environment = {**TRUECOLOR, **no_colour}
    for name, value in no_colour.items():
        monkeypatch.setenv(name, value)
    files = [Path(name) for name in FILES[which]]
    app = CockpitApp(files, Settings())
    async with app.run_test(size=SIZES[0]) as pilot:
        assert isinstance(app.screen, LoadingScreen)
        app.theme = theme.name
        for width, height in (*SIZES, *ODD_SIZES):
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            drawn, expected = Cells(), of_textual(app)
            drawn.take(first_picture(files, theme.name, (width, height), environment))
            if not drawn.cells:
                assert which == "many" and height == LEAST_HEIGHT, "a picture that fits is missing"
                continue
            assert drawn.lines(width, height - 1) == expected.lines(width, height - 1)
            for at, cell in expected.cells.items():
                if at[1] < height - 1:
                    assert drawn.cells[at] == cell, at
                else:  # the keys of the footer come with Textual
                    assert drawn.cells[at][1] in cell[1] and drawn.cells[at][0] == " "
            assert drawn.cells.keys() == expected.cells.keys()


def test_without_a_kept_theme_it_is_the_dark_one():
    def drawn(theme: str) -> str:
        return first_picture([Path("a.csv")], theme, (80, 24), TRUECOLOR)

    assert drawn("") == drawn(DARK.name) != drawn(LIGHT.name)


@pytest.mark.parametrize(
    ("theme", "size", "environment"),
    [
        (DARK.name, (LEAST_WIDTH - 1, 48), TRUECOLOR),
        (DARK.name, (160, LEAST_HEIGHT - 1), TRUECOLOR),
        (DARK.name, (0, 0), TRUECOLOR),
        (DARK.name, (80, 24), {"TERM": "xterm"}),
        (DARK.name, (80, 24), {"TERM": "linux", "COLORTERM": ""}),
        ("nord", (80, 24), TRUECOLOR),
    ],
)
def test_where_it_is_not_sure_what_comes_there_is_none(theme, size, environment):
    assert first_picture([Path("a.csv")], theme, size, environment) == ""


def test_a_name_commands_no_terminal():
    files = [Path(name) for name in FILES["hostile"]]
    picture = first_picture(files, "", (160, 48), TRUECOLOR)
    assert "red" in picture and "å é ñ" in picture
    assert "\x1b[31m" not in picture and "\x1b]" not in picture and "\u202e" not in picture
    assert not {"\a", "\n", "\r"} & set(picture)


@pytest.mark.parametrize(
    "term", ["xterm", "xterm-256color", "xterm-kitty", "tmux-256color", "screen", "linux"]
)
@pytest.mark.parametrize("color_term", [None, "", "truecolor", " 24bit", "yes"])
def test_a_terminal_has_the_colours_that_rich_finds(term, color_term):
    environment = {"TERM": term, **({} if color_term is None else {"COLORTERM": color_term})}
    system = Console(_environ=environment, force_terminal=True).color_system
    code = colour_code(environment)
    written = code((1, 2, 3))[0] if code is not None else None
    assert written == {"truecolor": "2", "256": "5", "standard": None}[system]


def test_of_256_colours_it_takes_the_one_that_rich_takes():
    code = colour_code({"TERM": "xterm-256color"})
    chance = random.Random(5)
    some = [tuple(chance.randrange(256) for _ in range(3)) for _ in range(2000)]
    greys = [(n, n, n) for n in range(256)]
    of_themes = [rgb(part) for theme in (DARK, LIGHT) for part in theme if str(part).startswith("#")]
    for colour in (*some, *greys, *of_themes):
        expected = Color.from_rgb(*colour).downgrade(ColorSystem.EIGHT_BIT)
        assert code(colour) == f"5;{expected.number}", colour


def test_its_stages_are_those_of_the_loading_screen():
    drawn = Cells().take(first_picture([Path("a.csv")], "", (80, 24), TRUECOLOR))
    shown = "\n".join(drawn.lines(80, 24))
    for line in stages.lines(None):
        assert line.label in shown


PROGRAM = """
import sys
from pathlib import Path
from cockpit.cli import opening
from cockpit.cli.arguments import parse
from cockpit.ui import start
from cockpit.ui.memory import Memory

request = parse(["made.csv", "--window", "90"])
settings = opening.settings_of(request, [Path("made.csv")])
memory = Memory([Path("made.csv")], settings, {"window"})
assert "made.csv" in start.first_picture([Path("made.csv")], "", (160, 48), {"COLORTERM": "truecolor"})
print(*sys.modules)
"""
LATER = {
    "textual", "rich", "asyncio", "polars", "duckdb", "numpy", "scipy", "plotext", "babel", "fastexcel",
    "shutil", "cockpit.cli.commands", "cockpit.report", "cockpit.shop", "cockpit.files", "cockpit.conditions",
}  # fmt: skip


def test_little_is_imported_before_it():
    command = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert LATER & set(done.stdout.split()) == set()
