"""An export that is not recognised: its columns on one side, the fields on the other, and what would load."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from cockpit.errors import CockpitError, NotRecognisedError
from cockpit.formats import harmless
from cockpit.language import gettext as _
from cockpit.settings import Settings
from cockpit.ui import keymap
from cockpit.ui.panels.boxes import MUTED
from cockpit.ui.screens.leaving import LeftOnce
from cockpit.ui.trying import NAMES, Tried, Trying
from cockpit.ui.widgets.footer import KeyFooter
from cockpit.ui.widgets.keys import GRID_KEYS
from cockpit.ui.widgets.palette import Tone
from cockpit.ui.widgets.virtual_table import Column, VirtualTable

if TYPE_CHECKING:
    from cockpit.ingest.mapping import Sample

NEEDED, FOUND = "●", "✓"
_NOT_HERE = ("open", "move.left", "move.right")
_TONES: Mapping[str, Tone] = {NEEDED: "bad", FOUND: "good"}


class Side(VirtualTable, inherit_bindings=False):
    """One of the two tables: its cursor goes up and down; sideways leads to the other."""

    BINDINGS: ClassVar[list[BindingType]] = [key for key in GRID_KEYS if key.id not in _NOT_HERE]


class MappingScreen(LeftOnce[Settings | None]):
    """Asks which column is which; is dismissed with the settings to load with, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [*keymap.bindings("mapping")]

    @dataclass
    class Taken(Message):
        """The first rows are there."""

        sample: "Sample"

    @dataclass
    class TriedOut(Message):
        """A mapping has been tried."""

        tried: Tried

    @dataclass
    class Failed(Message):
        """The file can't be looked at any more."""

        problem: CockpitError

    def __init__(self, files: Sequence[Path], settings: Settings, problem: NotRecognisedError) -> None:
        super().__init__()
        self._settings = settings
        self._problem = problem
        self._trying = Trying(
            files,
            problem.file,
            settings,
            taken=lambda sample: self._tell(self.Taken(sample)),
            tried=lambda tried: self._tell(self.TriedOut(tried)),
            failed=lambda failed: self._tell(self.Failed(failed)),
        )
        self._sample: Sample | None = None
        self._chosen: dict[str, str] = {}
        self._guesses: dict[str, str] = {}
        self._remember = settings.remember
        self._loads = self._settled = False

    def _tell(self, message: Message) -> None:
        self.post_message(message)

    def compose(self) -> ComposeResult:
        """What is asked and why, both sides, what would load, and the same for the command line."""
        yield Static(classes="asks", markup=False)
        yield Static(classes="why", markup=False)
        with Horizontal(classes="sides"):
            yield Side(id="columns", empty=_("Reading the first rows …"))
            yield Side(id="fields", empty="")
        with VerticalScroll(classes="trial"):
            yield Static(classes="said", markup=False)
        yield Static(classes="line", markup=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        """Say what is asked, and fetch the first rows."""
        asks = _("Which column of {file} is which?").format(file=harmless(self._problem.file))
        self.query_one(".asks", Static).update(Content.styled(asks, "bold"))
        self.query_one(".why", Static).update(Content(harmless(self._problem.problem)))
        for name, title in (("#columns", _("Columns of the file")), ("#fields", _("What they hold"))):
            self.query_one(name).border_title = Content(title)
        self.query_one("#fields").border_subtitle = Content(_("{sign} needed").format(sign=NEEDED))
        self.query_one(".trial").border_title = Content(_("What would load"))
        self._trying.start()

    def on_unmount(self) -> None:
        """Stop looking."""
        self._trying.stop()

    # What is known ---------------------------------------------------------------------------------

    def on_mapping_screen_taken(self, message: Taken) -> None:
        """Show the columns, and what they are thought to be."""
        self._sample = sample = message.sample
        names = [column.name for column in sample.columns]
        asked = {field: name for field, name in self._settings.columns.items() if name in names}
        self._guesses = dict(sample.guessed)
        self._chosen = {**self._guesses, **asked}
        self._show_columns()
        self._show_fields()
        self._changed()
        self.query_one("#fields").focus()

    def on_mapping_screen_failed(self, message: Failed) -> None:
        """Go back with nothing: the file is gone or damaged."""
        self.notify(str(message.problem), severity="error", markup=False)
        self.dismiss(None)

    @property
    def _columns(self) -> dict[str, str]:
        """The column of each field that has one."""
        return {**(self._sample.known if self._sample is not None else {}), **self._chosen}

    def _show_columns(self) -> None:
        import polars as pl

        if self._sample is None:
            return
        columns = self._sample.columns
        frame = pl.DataFrame(
            {
                "column": [column.name for column in columns],
                "samples": [" · ".join(column.samples) or None for column in columns],
            },
            schema={"column": pl.String, "samples": pl.String},
        )
        shown = (
            Column("column", _("column")),
            Column("samples", _("for example"), width=80, tone=lambda _value: "muted"),
        )
        self.query_one("#columns", Side).show(frame, shown)

    def _show_fields(self) -> None:
        import polars as pl

        from cockpit.ingest.mapping import NEEDED as GROUPS
        from cockpit.ingest.mapping import OFFERED

        columns = self._columns
        needed = {field for names in GROUPS if not any(name in columns for name in names) for field in names}
        frame = pl.DataFrame(
            {
                "field": [
                    f"{NEEDED if field in needed else FOUND if field in columns else ' '} {_(NAMES[field])}"
                    for field in OFFERED
                ],
                "column": [self._written(field) for field in OFFERED],
                "name": list(OFFERED),
            }
        )
        shown = (
            Column("field", f"  {_('field')}", tone=lambda field: _TONES.get(str(field)[0], "plain")),
            Column("column", _("column")),
        )
        self.query_one("#fields", Side).show(frame, shown, keep_place=True)

    def _written(self, field: str) -> str:
        column = self._columns.get(field, "")
        return f"{column} ?" if field in self._guesses else column

    # Choosing --------------------------------------------------------------------------------------

    @property
    def _field(self) -> str | None:
        """The field under the cursor."""
        name = self.query_one("#fields", Side).cursor_record.get("name")
        return name if isinstance(name, str) else None

    def on_virtual_table_cursor_moved(self, message: VirtualTable.CursorMoved) -> None:
        """Show the column of the field that the cursor has come to."""
        message.stop()
        if message.widget.id != "fields" or self._sample is None or self._field is None:
            return
        names = [column.name for column in self._sample.columns]
        column = self._columns.get(self._field)
        if column in names:
            self.query_one("#columns", Side).move_to(names.index(column))

    def on_virtual_table_opened(self, message: VirtualTable.Opened) -> None:
        """A double click joins what is under both cursors."""
        message.stop()
        self.action_join()

    def action_side(self, name: str) -> None:
        """Go to one of the two tables."""
        self.query_one(f"#{name}").focus()

    def action_join(self) -> None:
        """Use the column under the one cursor for the field under the other."""
        column = self.query_one("#columns", Side).cursor_record.get("column")
        if self._field is None or not isinstance(column, str):
            return
        self._guesses.pop(self._field, None)
        self._chosen[self._field] = column
        self._changed()

    def action_clear(self) -> None:
        """Take back what the field was given; what is recognised stays."""
        if self._field is not None:
            self._guesses.pop(self._field, None)
            self._chosen.pop(self._field, None)
            self._changed()

    def action_remember(self) -> None:
        """Remember the columns, or not."""
        self._remember = not self._remember
        self._show_line()

    def action_copy(self) -> None:
        """Send the options of the command line to the terminal's clipboard."""
        self.app.copy_to_clipboard(harmless(self._line()))
        self.notify(_("Sent to the terminal's clipboard."), timeout=2, markup=False)

    def action_load(self) -> None:
        """Load with what is chosen, if it loads."""
        if self._loads:
            columns = MappingProxyType(dict(self._chosen))
            self.dismiss(replace(self._settings, columns=columns, remember=self._remember and bool(columns)))
        elif self._sample is not None:
            self.notify(_("Nothing would load yet."), severity="warning", markup=False)

    def action_leave(self) -> None:
        """Load nothing."""
        self.dismiss(None)

    @property
    def is_settled(self) -> bool:
        """Whether what is shown is about the latest choice."""
        return self._settled

    # What would load -------------------------------------------------------------------------------

    def _changed(self) -> None:
        self._loads = self._settled = False
        self._show_fields()
        self._show_line()
        if self._sample is not None:
            self._trying.ask(self._sample, dict(self._chosen))

    def on_mapping_screen_tried_out(self, message: TriedOut) -> None:
        """Show what the latest mapping would load."""
        tried = message.tried
        if tried.columns != self._chosen:
            return
        self._loads, self._settled = tried.loads, True
        first = Content.styled(harmless(tried.sum), "bold" if tried.loads else "bold $text-error")
        rest = [Content.assemble(("· ", MUTED), harmless(sentence)) for sentence in tried.says]
        self.query_one(".said", Static).update(Content("\n").join([first, *rest]))

    def _line(self) -> str:
        from cockpit.ingest.mapping import map_line

        return f"{map_line(self._chosen)}{' --remember' if self._remember and self._chosen else ''}"

    def _show_line(self) -> None:
        box = "☒" if self._remember else "☐"
        self.query_one(".line", Static).update(
            Content.assemble(
                (f"{box} {_('remember')}", "bold" if self._remember else ""),
                "  ",
                (harmless(self._line()), MUTED),
            )
        )
