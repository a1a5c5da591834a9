"""Customer lists as files."""

from cockpit.lists.export import ExportReport, export, to_stream
from cockpit.lists.presets import PRESETS, Consent, Preset, preset

__all__ = ["PRESETS", "Consent", "ExportReport", "Preset", "export", "preset", "to_stream"]
