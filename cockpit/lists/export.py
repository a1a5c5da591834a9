"""A list written as a CSV file, with what it means beside it, and an account of every row left out."""

import codecs
import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import polars as pl
import polars.selectors as cs

import cockpit
from cockpit.errors import UsageError
from cockpit.files import write_together
from cockpit.formats import harmless
from cockpit.language import gettext as _
from cockpit.language import ngettext
from cockpit.lists import people
from cockpit.lists.presets import Consent, Preset

_PERSON = ("email", "phone", "name", "consent", "country")
"""Columns of a list that uploads translate; missing ones count as not known."""

_ABOUT = ".about.json"
_SLICE = 50_000


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What became of the rows shown: `written` = `shown` − `no_consent` − `no_address` − `duplicates`.

    `phones_left_out` counts customers written without their phone, which has no country code.
    `path` and `about` are null when the list went to a stream.
    """

    shown: int
    written: int
    no_consent: int = 0
    no_address: int = 0
    duplicates: int = 0
    phones_left_out: int = 0
    path: Path | None = None
    about: Path | None = None
    warnings: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Say it in the owner's words."""
        rows = ngettext("{n} row written", "{n} rows written", self.written).format(n=self.written)
        place = (
            _("{rows} to {file}.").format(rows=rows, file=harmless(str(self.path)))
            if self.path
            else f"{rows}."
        )
        said = [place]
        if self.written < self.shown:
            reasons = (
                (self.no_consent, _("{n} without consent")),
                (self.no_address, _("{n} without a usable address")),
                (self.duplicates, _("{n} twice in the list")),
            )
            left_out = ", ".join(reason.format(n=n) for n, reason in reasons if n)
            said.append(_("Left out of {n} shown: {reasons}.").format(n=self.shown, reasons=left_out))
        if self.phones_left_out:
            sentence = _("Phones left empty for want of a country code: {n}.")
            said.append(sentence.format(n=self.phones_left_out))
        return " ".join([*said, *self.warnings])


def export(
    frame: pl.DataFrame,
    path: Path,
    preset: Preset,
    definition: Mapping[str, object],
    *,
    consent: Consent = "given",
    overwrite: bool = False,
) -> ExportReport:
    """Write the rows of `frame` to `path` as `preset` says, and `definition` to `path` + `.about.json`.

    Of `frame`, the columns email, phone, name, consent ("yes", "no" or null) and country have a meaning;
    all are optional. Into an upload go people who gave consent, or, where it is "assumed", all but those
    who refused; an address that refused on one row counts as refused on all. `definition` is a mapping
    that JSON can hold, dates included; its "list" is the title.
    Both files appear whole or not at all. Raises what `files.write_together` raises, and UsageError
    if an upload is asked of a list that has no addresses.
    """
    rows, report = _laid_out(frame, preset, str(definition.get("list", "")), consent)
    about = path.with_name(path.name + _ABOUT)
    sidecar = _sidecar(report, rows.columns, preset, consent, {**definition, "file": path.name})

    def write_rows(file: BinaryIO) -> None:
        if preset.marked and not _is_ascii(rows):
            file.write(codecs.BOM_UTF8)
        _write_csv(rows, file)

    def write_about(file: BinaryIO) -> None:
        file.write(sidecar)

    write_together({path: write_rows, about: write_about}, overwrite)
    return replace(report, path=path, about=about, warnings=_warnings(preset, path.stat().st_size))


def to_stream(
    frame: pl.DataFrame,
    stream: BinaryIO,
    preset: Preset,
    *,
    title: str = "",
    consent: Consent = "given",
) -> ExportReport:
    """Write the same rows as `export` to an open binary stream, without anything beside them."""
    rows, report = _laid_out(frame, preset, title, consent)
    _write_csv(rows, stream)
    stream.flush()
    return report


def _laid_out(
    frame: pl.DataFrame, preset: Preset, title: str, consent: Consent
) -> tuple[pl.DataFrame, ExportReport]:
    if preset.is_upload:
        rows, report = _for_upload(frame, preset, title, consent)
    else:
        rows, report = frame, ExportReport(shown=frame.height, written=frame.height)
    rows = rows.with_columns(
        cs.float().fill_nan(None),
        (cs.list() | cs.array()).cast(pl.List(pl.String)).list.join(", "),
    )
    return _guarded(rows, preset) if preset.guarded else rows, report


def _for_upload(
    frame: pl.DataFrame, preset: Preset, title: str, consent: Consent
) -> tuple[pl.DataFrame, ExportReport]:
    if not any(part in frame.columns for part in preset.reached_by):
        problem = _("This list has no e-mail addresses or phones, which “{preset}” needs.")
        raise UsageError(problem.format(preset=preset.name), _("Choose the preset “spreadsheet” or “plain”."))
    everyone = _parts(frame, preset, title).with_columns(pl.col("answer").str.to_lowercase())
    refused = everyone.filter(answer="no")["address"].drop_nulls()
    allowed = (
        pl.col("answer").ne_missing("no") if consent == "assumed" else pl.col("answer").eq_missing("yes")
    )
    agreed = everyone.filter(allowed & ~pl.col("address").is_in(refused.implode()).fill_null(False))
    reached = agreed.filter(pl.col("address").is_not_null())
    kept = reached.unique("address", keep="first", maintain_order=True)
    report = ExportReport(
        shown=frame.height,
        written=kept.height,
        no_consent=frame.height - agreed.height,
        no_address=agreed.height - reached.height,
        duplicates=reached.height - kept.height,
        phones_left_out=int(kept["phone_lost"].sum()) if "phone" in preset.columns.values() else 0,
    )
    rows = kept.select(pl.col(part).alias(header) for header, part in preset.columns.items())
    if not preset.others:
        return rows, report
    others = {name: f"{name} (list)" if name in preset.columns else name for name in frame.columns}
    beside = frame[kept["row"]].drop(_PERSON, strict=False).rename(others, strict=False)
    return rows.hstack(beside), report


def _parts(frame: pl.DataFrame, preset: Preset, title: str) -> pl.DataFrame:
    """Return, for each row of `frame`, every `Part`, and what decides whether it is written."""
    missing = [pl.lit(None, pl.String).alias(name) for name in _PERSON if name not in frame.columns]
    raw = frame.with_columns(missing).select(pl.col(_PERSON).cast(pl.String)).with_row_index("row")
    return raw.select(
        "row",
        people.email(pl.col("email")).alias("email"),
        people.phone(pl.col("phone")).alias("phone"),
        people.first_name(pl.col("name")).alias("first_name"),
        people.last_name(pl.col("name")).alias("last_name"),
        people.country(pl.col("country")).alias("country"),
        pl.when(pl.col("consent").str.to_lowercase() == "yes")
        .then(pl.lit(preset.consent_word))
        .alias("consent"),
        pl.lit(title.replace(",", " ")).alias("title"),
        pl.lit(None, pl.String).alias("nothing"),
        pl.col("consent").alias("answer"),
        pl.col("phone").str.strip_chars().str.len_bytes().gt(0).alias("phone_given"),
    ).with_columns(
        pl.coalesce(preset.reached_by).alias("address"),
        (pl.col("phone_given") & pl.col("phone").is_null()).alias("phone_lost"),
    )


def _guarded(rows: pl.DataFrame, preset: Preset) -> pl.DataFrame:
    """Neutralise formulas in texts and headers; a phone in E.164 is a number to a spreadsheet, and safe."""
    phones = [header for header, part in preset.columns.items() if part == "phone"]
    texts = rows.select((cs.string() | cs.categorical() | cs.enum()).cast(pl.String)).drop(
        phones, strict=False
    )
    risky = [text.name for text in texts if text.str.contains(people.FORMULA).any()]  # testing is far quicker
    safe = rows.with_columns(texts.select(people.without_formulas(pl.col(risky))))
    headers = pl.DataFrame({"header": rows.columns}).select(people.without_formulas(pl.col("header")))
    return safe.rename(dict(zip(rows.columns, headers["header"], strict=True)))


def _write_csv(rows: pl.DataFrame, stream: BinaryIO) -> None:
    """Write slice by slice: little memory, and a full disk is reported by Python, with its reason."""
    stream.write(rows.clear().write_csv().encode())
    for part in rows.iter_slices(_SLICE):
        stream.write(part.write_csv(include_header=False).encode())


def _is_ascii(rows: pl.DataFrame) -> bool:
    beyond = rows.select(pl.any_horizontal(cs.string().str.contains(r"[^\x00-\x7f]").any()))
    return "".join(rows.columns).isascii() and not beyond.to_series().any()


def _sidecar(
    report: ExportReport,
    columns: list[str],
    preset: Preset,
    consent: Consent,
    definition: Mapping[str, object],
) -> bytes:
    about = {
        **definition,
        "preset": preset.name,
        "consent": consent if preset.is_upload else None,
        "columns": columns,
        "rows_shown": report.shown,
        "rows_written": report.written,
        "left_out": {
            "no_consent": report.no_consent,
            "no_address": report.no_address,
            "duplicates": report.duplicates,
        },
        "phones_left_out": report.phones_left_out,
        "created_by": f"cockpit {cockpit.__version__}",
    }
    return (json.dumps(about, ensure_ascii=False, indent=2, default=_as_json) + "\n").encode()


def _as_json(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _warnings(preset: Preset, size: int) -> tuple[str, ...]:
    """Tell what the owner should know about a file of `size` bytes before using it."""
    warnings = []
    if not preset.guarded:
        warnings.append(_("The file is raw: don't open it in a spreadsheet."))
    if preset.most_bytes is not None and size > preset.most_bytes:
        sentence = _("The file is larger than the {n} MB that {preset} takes: export it in parts.")
        warnings.append(sentence.format(n=preset.most_bytes // 1_000_000, preset=preset.name))
    return tuple(warnings)
