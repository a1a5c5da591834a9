"""Searching in rows: the matches are found at once or, in many rows, in a thread."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.message import Message

from cockpit.ui.widgets.cell_cursor import CellCursor
from cockpit.ui.widgets.messages import WidgetMessage
from cockpit.ui.widgets.table_rows import AT_ONCE_ROWS, Rows, matching
from cockpit.ui.widgets.table_search import Search

if TYPE_CHECKING:
    import numpy as np


class Searching(CellCursor):
    """A cell cursor over rows that goes from match to match; heirs show the rows and number their changes."""

    @dataclass
    class Searched(WidgetMessage, namespace="virtual_table"):
        """So many rows match; the cursor stands on the match number `at` (from 1; 0 when there is none)."""

        text: str
        hits: int
        at: int

    @dataclass
    class _Matched(Message, namespace="virtual_table"):
        """A thread has searched the rows of this generation."""

        generation: int
        text: str
        matches: "np.ndarray[Any, Any]"

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._rows: Rows | None = None
        self._sought = Search()
        self._generation = 0

    def search(self, text: str) -> None:
        """Go to the next row, from the cursor on, where a text cell contains `text`; "" ends the search."""
        rows = self._rows
        if rows is None:
            return
        self._sought = Search(text)
        self.refresh()
        if not text:
            return
        match = partial(matching, rows.frame, rows.columns, text)
        generation = self._generation
        if rows.frame.height <= AT_ONCE_ROWS:
            self._matched(self._Matched(generation, text, match()))
            return

        def search_aside() -> None:
            self.post_message(self._Matched(generation, text, match()))

        self.run_worker(search_aside, thread=True, group="search")

    def on_virtual_table__matched(self, message: _Matched) -> None:
        """Take what a thread has found, unless a later question was asked."""
        message.stop()
        self._matched(message)

    def _matched(self, message: _Matched) -> None:
        rows = self._rows
        if (
            rows is not None
            and message.text == self._sought.text
            and len(message.matches) == rows.frame.height
        ):
            self._sought.matches = message.matches
            self._jump(1, 0)

    def action_next(self, step: int) -> None:
        """Go to the next or previous match, round the end."""
        self._jump(step, step)

    def _jump(self, direction: int, start: int) -> None:
        """To the first match at or after (before) the cursor moved by `start`."""
        if self._rows is None or self._sought.matches is None:
            return
        found = self._sought.from_here(self._rows, self.cursor_at[0] + start, direction)
        if found.position is not None:
            self.go(found.position, self.cursor_at[1])
        self.post_message(self.Searched(self, self._sought.text, found.hits, found.at))
