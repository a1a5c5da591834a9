"""Golden screens: what a screen shows, as plain text, beside the tests."""

from pathlib import Path

from textual.app import App

GOLDEN = Path(__file__).parent.parent / "screens" / "golden"


def text_of(app: App) -> str:
    """The screen as its rendered lines, without spaces at their ends."""
    strips = app.screen._compositor.render_strips(app.size)
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips) + "\n"


def check(app: App, name: str, *, update: bool) -> None:
    """Compare with the golden file of that name and the app's size, or write it."""
    path = GOLDEN / f"{name}-{app.size.width}x{app.size.height}.txt"
    shown = text_of(app)
    if update:
        path.parent.mkdir(exist_ok=True)
        path.write_text(shown, "utf-8")
    assert path.exists(), f"{path.name} is missing: run with --update-golden and look at it"
    assert shown == path.read_text("utf-8"), f"{path.name} differs: run with --update-golden and look at it"
