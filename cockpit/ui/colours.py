"""The colours of the cockpit's own themes, known before anything that draws is imported."""

from typing import NamedTuple


class Colours(NamedTuple):
    """A theme: calm, with text at 7:1 and lines at 3:1 or more against what lies beneath."""

    name: str
    primary: str
    secondary: str
    accent: str
    success: str
    warning: str
    error: str
    foreground: str
    background: str
    surface: str
    panel: str
    dark: bool


DARK = Colours(
    name="cockpit-dark",
    primary="#6db3f2",
    secondary="#8ea6bf",
    accent="#f0b35f",
    success="#74c993",
    warning="#e9bd5b",
    error="#f28b82",
    foreground="#dfe6ee",
    background="#11161d",
    surface="#161d26",
    panel="#202a36",
    dark=True,
)
LIGHT = Colours(
    name="cockpit-light",
    primary="#1b64a5",
    secondary="#4b6580",
    accent="#8f5200",
    success="#1d6b40",
    warning="#7a5600",
    error="#a82a2a",
    foreground="#1b242e",
    background="#fbfaf7",
    surface="#f4f2ed",
    panel="#e7e4dc",
    dark=False,
)
