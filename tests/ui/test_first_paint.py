"""The first paint waits for no data library."""

import subprocess
import sys

PROGRAM = """
import asyncio, sys
from pathlib import Path
from cockpit.settings import Settings
from cockpit.ui import loading
from cockpit.ui.app import CockpitApp
from cockpit.ui.screens.loading import LoadingScreen

HEAVY = ("polars", "duckdb", "numpy", "scipy", "plotext", "babel")

def report(self):
    print(",".join(name for name in HEAVY if name in sys.modules) or "none")
    print("made.csv" in "".join(strip.text for strip in app.screen._compositor.render_strips(app.size)))
    app.exit()

loading.Loading.start = report
app = CockpitApp([Path("made.csv")], Settings())
asyncio.run(app.run_async(headless=True, size=(80, 24)))
"""


def test_nothing_heavy_is_imported_before_something_is_seen():
    command = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.split() == ["none", "True"], done.stderr
