"""The parts of the README that are made of the code: `python -m tests.readme` writes them anew."""

import re
from contextlib import redirect_stdout, suppress
from io import StringIO
from pathlib import Path

from cockpit.cli.arguments import COMMANDS, parse
from cockpit.report.strip import NAMES
from cockpit.ui.keymap import readme_table
from cockpit.warehouse.catalog import Query, load_catalog

README = Path(__file__).resolve().parent.parent / "README.md"
SCREEN = Path(__file__).resolve().parent / "screens" / "golden" / "overview-100x30.txt"


def blocks() -> dict[str, str]:
    """What stands between the marks of each name."""
    catalog = load_catalog()
    kpis = {query.name: query for query in catalog.of("kpi")}
    lists = [query for query in catalog.of("list") if query.grain == "one row per customer"]
    return {
        "screen": f"```text\n{SCREEN.read_text('utf-8').rstrip()}\n```",
        "keys": readme_table().strip(),
        "help": "\n\n".join(_help(name) for name in ("", *COMMANDS)),
        "kpis": _table("figure", [kpis[name] for name in NAMES]),
        "panels": _table("panel", list(catalog.of("panel"))),
        "lists": _table("list", lists),
        "tables": _tables(catalog.of("arriving", "table", "view", "fitted")),
    }


def made(text: str) -> str:
    """The README with its made parts written anew."""
    for name, block in blocks().items():
        mark = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        assert mark.search(text), f"README.md has no part marked {name}"
        text = mark.sub(lambda found, block=block: f"{found[1]}\n{block}\n\n{found[2]}", text)
    return text


def _help(command: str) -> str:
    said = StringIO()
    with redirect_stdout(said), suppress(SystemExit):
        parse([*command.split(), "--help"])
    text = said.getvalue()
    if command:  # the settings stand under `cockpit --help`
        text = re.sub(r"what is counted:\n.*?\nother:\n", "other:\n", text, flags=re.DOTALL)
        text = re.sub(r"\nFILE… is .*?\./report\.\n", "\n", text, flags=re.DOTALL)
    return f"```text\n$ cockpit {command}{' ' if command else ''}--help\n{text}```"


def _table(kind: str, queries: list[Query]) -> str:
    rows = [f"| `{query.name}` | {_link(query)} | {_cell(query.says)} |" for query in queries]
    return "\n".join([f"| {kind} | defined in | says |", "| --- | --- | --- |", *rows])


def _tables(queries: tuple[Query, ...]) -> str:
    parts = []
    for query in queries:
        columns = ", ".join(f"`{name}`" for name in query.columns)
        if columns:
            parts.append(f"| `{query.name}` | {_link(query)} | {_cell(query.says)} | {columns} |")
    return "\n".join(["| table | made in | holds | columns |", "| --- | --- | --- | --- |", *parts])


def _link(query: Query) -> str:
    path = f"queries/{query.path.parent.name}/{query.path.name}"
    return f"[{query.title}]({path})"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    README.write_text(made(README.read_text("utf-8")), "utf-8")
