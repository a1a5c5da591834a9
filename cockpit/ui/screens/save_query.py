"""Keeping a statement as a panel file in the owner's own folder."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from cockpit.errors import CockpitError, UsageError
from cockpit.formats import harmless
from cockpit.language import gettext as _
from cockpit.ui.screens.confirm import ConfirmDialog
from cockpit.ui.screens.dialog import Dialog
from cockpit.workbench import Draft

if TYPE_CHECKING:
    from cockpit.shop import Shop, Ticket

WRITE = "write"


class SaveQueryDialog(Dialog[bool]):
    """Asks for a title and a name, and writes the file; answers whether it did."""

    heading = _("Save as a panel file")

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self._has_header = draft.statement.lstrip().startswith("/*")

    def parts(self) -> Iterable[Widget]:
        """Title, sentence and name; a statement that brings its own header needs only the name."""
        if not self._has_header:
            yield Label(_("Title"))
            yield Input(id="title", placeholder=_("Customers by country"))
            yield Label(_("What it says, in one sentence"))
            yield Input(id="says")
        yield Label(_("File"))
        yield Input(_file_name(self._draft.title) if self._has_header else "", id="file")
        yield Static(id="where", classes="hint")

    def on_mount(self) -> None:
        """Take the keys."""
        self.query(Input).first().focus()
        folder = harmless(str(self.shop.queries_folder))
        self.query_one("#where", Static).update(Content(_("In {folder}").format(folder=folder)))

    @on(Input.Changed, "#title")
    def _titled(self, message: Input.Changed) -> None:
        self.query_one("#file", Input).value = _file_name(message.value)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter is enough."""
        message.stop()
        self.action_done()

    def _typed(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value.strip()

    def action_done(self) -> None:
        """Write the file; one that is there already only after a yes."""
        if not self._has_header and not self._typed("title"):
            self.say(_("A panel needs a title."))
        elif not _file_name(self._typed("file").removesuffix(".sql")):
            self.say(_("A file needs a name of letters and digits."))
        else:
            self._write(overwrite=False)

    def _write(self, overwrite: bool) -> None:
        self.say("")
        draft = self._draft
        name = _file_name(self._typed("file").removesuffix(".sql"))
        title = "" if self._has_header else self._typed("title")
        says = "" if self._has_header else self._typed("says") or title

        def write(shop: "Shop", ticket: "Ticket") -> Path:
            header = "" if self._has_header else shop.header_for(draft, title, says)
            return shop.save_query(name, f"{header}{draft.statement}\n", overwrite, ticket)

        self.ask_shop(
            write,
            self._written,
            topic=WRITE,
            failed=self._failed,
            cancelled=lambda: self.say(_("Stopped: nothing was saved.")),
        )

    def _failed(self, problem: CockpitError) -> None:
        path = self.shop.queries_folder / f"{_file_name(self._typed('file').removesuffix('.sql'))}.sql"
        if isinstance(problem, UsageError) and path.is_file() and not path.is_symlink():
            question = _("{file} exists already. Replace it?").format(file=harmless(str(path)))
            self.app.push_screen(ConfirmDialog(_("Replace"), question), self._replace)
        else:
            self.say(problem)

    def _replace(self, yes: bool | None) -> None:
        if yes:
            self._write(overwrite=True)

    def _written(self, path: Path) -> None:
        said = _("{file} is saved: it is one of your own query files now.").format(file=harmless(str(path)))
        self.notify(said, title=_("Saved"), markup=False)
        self.dismiss(True)

    def action_close(self) -> None:
        """Stop trying the statement, else leave."""
        if not self.cancel(WRITE):
            self.dismiss(False)


def _file_name(title: str) -> str:
    """A name for the file, by which the panel is then called."""
    return re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")[:60]
