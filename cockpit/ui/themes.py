"""The cockpit's own themes, for Textual."""

from textual.theme import Theme

from cockpit.ui import colours

DARK = Theme(**colours.DARK._asdict())
LIGHT = Theme(**colours.LIGHT._asdict())
THEMES = (DARK, LIGHT)
