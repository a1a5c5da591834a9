"""Writing a list to a file: where, for whom, and how many rows that will be."""

import io
import re
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label, Select, Static

from cockpit.formats import harmless
from cockpit.language import gettext as _
from cockpit.language import ngettext
from cockpit.lists import PRESETS, ExportReport, export, preset, to_stream
from cockpit.lists.presets import Consent
from cockpit.ui.screens.confirm import ConfirmDialog
from cockpit.ui.screens.dialog import Dialog
from cockpit.ui.shown import Exportable

if TYPE_CHECKING:
    from cockpit.shop import Shop

COUNT = "count"
WRITE = "write"

_CONSENTS: tuple[tuple[str, Consent], ...] = (
    (_("only people who gave consent"), "given"),
    (_("all but those who refused: I may assume consent"), "assumed"),
)


class _Nowhere(io.RawIOBase):
    """Takes what is written and keeps nothing, so that rows can be counted without a file."""

    def writable(self) -> bool:
        """It takes anything."""
        return True

    def write(self, data: object, /) -> int:
        """Take it."""
        return memoryview(data).nbytes  # type: ignore[arg-type]


class ExportDialog(Dialog[ExportReport]):
    """Writes the rows; answers with the account of them, which it has told already."""

    heading = _("Export")

    def __init__(self, exportable: Exportable) -> None:
        super().__init__()
        self._exportable = exportable

    def parts(self) -> Iterable[Widget]:
        """What, where to, in which layout."""
        yield Static(Content(self._what()), classes="hint")
        yield Label(_("File"))
        yield Input(file_name(self._exportable.listing.about), id="file")
        yield Label(_("Layout"))
        yield Select(
            ((f"{one.name}: {one.says}", one.name) for one in PRESETS.values()),
            value="spreadsheet",
            allow_blank=False,
            id="preset",
            compact=True,
        )
        yield Label(_("Consent"), id="consent-label")
        yield Select(_CONSENTS, value="given", allow_blank=False, id="consent", compact=True)
        yield Static(id="counted", classes="hint")

    def on_mount(self) -> None:
        """Take the keys, and count."""
        self.query_one(Input).focus()
        self._count()

    def _what(self) -> str:
        rows = self._exportable.height
        about = harmless(self._exportable.listing.about)
        if self._exportable.marked:
            said = ngettext("{n} marked row of “{list}”", "{n} marked rows of “{list}”", rows)
        else:
            said = ngettext("{n} row: “{list}”", "{n} rows: “{list}”", rows)
        return said.format(n=self.formatter.number(rows), list=about)

    @property
    def _preset(self) -> str:
        return str(self.query_one("#preset", Select).value)

    @property
    def _consent(self) -> Consent:
        return "assumed" if self.query_one("#consent", Select).value == "assumed" else "given"

    # Counting --------------------------------------------------------------------------------------

    @on(Select.Changed)
    def _count(self) -> None:
        layout = preset(self._preset)
        for part in self.query("#consent, #consent-label"):
            part.display = layout.is_upload
        exportable, consent = self._exportable, self._consent
        title = exportable.listing.about
        self.say("")
        self.ask_shop(
            lambda _shop, _ticket: to_stream(
                exportable.frame, _stream(), layout, title=title, consent=consent
            ),
            self._counted,
            topic=COUNT,
            failed=self.say,
        )

    def _counted(self, report: ExportReport) -> None:
        self.query_one("#counted", Static).update(Content(counted(report)))

    # Writing ---------------------------------------------------------------------------------------

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter is enough."""
        message.stop()
        self.action_done()

    def action_done(self) -> None:
        """Write the file; one that is there already only after a yes."""
        typed = self.query_one(Input).value.strip()
        if not typed:
            self.say(_("A file needs a name."))
            return
        path = Path(typed).expanduser()
        if path.is_file():
            question = _("{file} exists already. Replace it?").format(file=harmless(str(path)))
            self.app.push_screen(ConfirmDialog(_("Replace"), question), partial(self._replace, path))
        else:
            self._write(path, overwrite=False)

    def _replace(self, path: Path, yes: bool | None) -> None:
        if yes:
            self._write(path, overwrite=True)

    def _write(self, path: Path, overwrite: bool) -> None:
        self.say("")
        layout, consent, exportable = preset(self._preset), self._consent, self._exportable
        definition = {**exportable.listing.definition, "marked_by_hand": exportable.marked}

        def write(shop: "Shop", _ticket: object) -> ExportReport:
            frame = exportable.frame
            if exportable.listing.of_rows:
                frame = frame.with_columns(shop.raw_texts(exportable.places))
            return export(frame, path, layout, definition, consent=consent, overwrite=overwrite)

        self.ask_shop(write, self._written, topic=WRITE, failed=self.say)

    def _written(self, report: ExportReport) -> None:
        self.notify(str(report), title=_("Exported"), timeout=8, markup=False)
        self.dismiss(report)

    def action_close(self) -> None:
        """Leave, unless a file is being written: that takes moments, and is whole or not at all."""
        if not self.is_asking(WRITE):
            self.dismiss(None)


def counted(report: ExportReport) -> str:
    """How many rows would be written, and why not all."""
    will = ngettext("{n} row will be written", "{n} rows will be written", report.written)
    said = will.format(n=f"{report.written:,}")
    reasons = [
        _("{n} without consent").format(n=report.no_consent) if report.no_consent else "",
        _("{n} without a usable address").format(n=report.no_address) if report.no_address else "",
        ngettext("{n} duplicate", "{n} duplicates", report.duplicates).format(n=report.duplicates)
        if report.duplicates
        else "",
    ]
    listed = ", ".join(filter(None, reasons))
    if not listed:
        return f"{said}."
    return _("{said}; left out of {n}: {reasons}.").format(said=said, n=f"{report.shown:,}", reasons=listed)


def file_name(about: str) -> str:
    """A name for the file, made from what the rows have in common."""
    words = re.sub(r"[^a-z0-9]+", "-", about.lower()).strip("-")
    return f"{words[:60] or 'list'}.csv"


def _stream() -> io.BufferedWriter:
    return io.BufferedWriter(_Nowhere())
