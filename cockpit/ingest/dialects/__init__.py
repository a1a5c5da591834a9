"""What each platform calls things: one TOML file a platform, and the detector that tells them apart.

A new platform is a new file; CONTRIBUTING shows it in ten lines. `generic.toml` serves tables that no
platform claims, `words.toml` holds what means the same everywhere.
"""

from cockpit.ingest.dialects.catalog import Dialect, Rule, Words, dialect_named, every_dialect, words
from cockpit.ingest.dialects.detector import Mapping, detect, plain, resolve

__all__ = [
    "Dialect",
    "Mapping",
    "Rule",
    "Words",
    "detect",
    "dialect_named",
    "every_dialect",
    "plain",
    "resolve",
    "words",
]
