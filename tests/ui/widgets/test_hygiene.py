import ast
import re
import subprocess
import sys
from pathlib import Path

import cockpit.ui.widgets

HERE = Path(cockpit.ui.widgets.__file__).parent
MODULES = sorted(HERE.glob("*.py"))


def imports_of(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def test_only_the_chart_imports_plotext():
    using = {
        path.name for path in MODULES if any(name.split(".")[0] == "plotext" for name in imports_of(path))
    }
    assert using == {"chart.py"}


def test_widgets_know_no_other_room():
    for path in MODULES:
        inside = {name for name in imports_of(path) if name.split(".")[0] == "cockpit"} - {"cockpit.language"}
        assert all(name.startswith("cockpit.ui.widgets") for name in inside), path.name


def test_the_spec_of_a_chart_needs_no_screen():
    assert not imports_of(HERE / "chart_spec.py") & {"textual", "rich", "plotext"}
    assert all(not name.startswith("cockpit") for name in imports_of(HERE / "chart_spec.py"))


def test_importing_the_widgets_loads_no_data_library_and_no_plotext():
    names = [f"cockpit.ui.widgets.{path.stem}" for path in MODULES if path.stem != "__init__"]
    program = f"""
import sys
for name in {names!r}:
    __import__(name)
heavy = {{"polars", "duckdb", "numpy", "scipy", "plotext"}}
print(*sorted({{name.split(".")[0] for name in sys.modules}} & heavy))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_no_text_is_written_in_a_colour_that_is_none_there():
    """Textual's colours that follow what lies beneath come out pure black or white inside a text."""
    none = re.compile(r"""["'](bold |italic )?\$text(-muted|-disabled)?( on |["'])""")
    for path in HERE.parent.rglob("*.py"):
        assert not none.search(path.read_text("utf-8")), path.name
