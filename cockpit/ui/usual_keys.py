"""Keys that need no binding of the cockpit's own: Textual's, of text fields, choices and scrolled parts."""

from dataclasses import dataclass

from cockpit.language import gettext as _


@dataclass(frozen=True, slots=True)
class Usual:
    """A heading, and beneath it (Textual's names of keys, what they do)."""

    heading: str
    keys: tuple[tuple[tuple[str, ...], str], ...]


USUAL: tuple[Usual, ...] = (
    Usual(
        _("In a text field"),
        (
            (("left", "right", "up", "down"), _("One letter or line on")),
            (("ctrl+left", "ctrl+right"), _("One word on")),
            (("home", "ctrl+a"), _("To the beginning of the line")),
            (("end", "ctrl+e"), _("To the end of the line")),
            (("pageup", "pagedown"), _("A screen on, in a statement")),
            (("shift+left", "shift+right", "shift+up", "shift+down"), _("Select by letters and lines")),
            (("ctrl+shift+left", "ctrl+shift+right"), _("Select by words")),
            (("shift+home", "shift+end"), _("Select to an end of the line")),
            (("ctrl+shift+a", "f7"), _("Select all, in a field and in a statement")),
            (("f6",), _("Select the line, in a statement")),
            (("ctrl+c", "super+c"), _("Copy what is selected, anywhere")),
            (("ctrl+x", "super+x"), _("Cut what is selected")),
            (("ctrl+v",), _("Paste")),
            (("backspace",), _("Delete the letter before")),
            (("delete", "ctrl+d"), _("Delete the letter under the cursor")),
            (
                ("ctrl+w", "ctrl+backspace", "alt+backspace", "alt+delete"),
                _("Delete a word, or what is left of it"),
            ),
            (("ctrl+u", "super+backspace"), _("Delete to the beginning of the line")),
            (("ctrl+k",), _("Delete to the end of the line")),
            (("ctrl+shift+k",), _("Delete the line, in a statement")),
            (("ctrl+z", "super+z"), _("Undo, in a statement")),
            (("ctrl+y", "super+y"), _("Redo, in a statement")),
            (("enter",), _("Take what was typed; in a statement, a new line")),
        ),
    ),
    Usual(
        _("In a statement, while words are on offer"),
        (
            (("tab",), _("Take the word")),
            (("up", "down"), _("To another word")),
            (("escape",), _("Take none")),
        ),
    ),
    Usual(
        _("In a choice, the commands, a page"),
        (
            (("up", "down"), _("One line on")),
            (("pageup", "pagedown"), _("A screen on")),
            (
                ("home", "end", "ctrl+home", "ctrl+end", "shift+home", "shift+end"),
                _("To the first and the last line"),
            ),
            (("left", "right", "ctrl+pageup", "ctrl+pagedown"), _("Sideways, where there is more")),
            (("enter", "space"), _("Choose, or show the choices")),
            (("escape",), _("Choose nothing")),
        ),
    ),
)
