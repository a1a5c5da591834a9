"""What each receiver of a list wants to find in its file, as data.

Klaviyo, Mailchimp, Meta and Google take e-mails and phones as they are written here and, where they
need hashes, make them in the browser while the file is uploaded.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from cockpit.errors import UsageError
from cockpit.formats import harmless
from cockpit.language import gettext as _

Part = Literal["email", "phone", "first_name", "last_name", "country", "consent", "title", "nothing"]
"""What of a customer goes into a column; `title` is the list's own, `nothing` stays empty."""

Consent = Literal["given", "assumed"]


@dataclass(frozen=True, slots=True)
class Preset:
    """The layout of a file of customers.

    `columns` maps header to what stands beneath it; `others` says whether the list's own columns follow.
    Without `columns` the list is written as it is shown, every row of it. `reached_by` are the parts of
    which a customer needs one. `guarded` texts start no formula; a `marked` file says by its first bytes
    that it is UTF-8, which spreadsheets need. `consent_word` is what the receiver calls a "yes".
    """

    name: str
    says: str
    columns: Mapping[str, Part] = field(default_factory=dict)
    others: bool = True
    reached_by: tuple[Part, ...] = ()
    guarded: bool = True
    marked: bool = False
    consent_word: str = "yes"
    most_bytes: int | None = None

    @property
    def is_upload(self) -> bool:
        """Whether the file goes to a service that writes to people, so that consent counts."""
        return bool(self.columns)


_ALL = (
    Preset("spreadsheet", _("every row and column, safe to open in a spreadsheet"), marked=True),
    Preset("plain", _("every row and column raw: a spreadsheet may run cells as formulas"), guarded=False),
    Preset(
        "klaviyo",
        _("profiles for a Klaviyo list; the list's columns become custom properties"),
        columns={
            "Email": "email",
            "Phone Number": "phone",
            "First Name": "first_name",
            "Last Name": "last_name",
            "Country": "country",
            "Email Marketing Consent": "consent",
        },
        reached_by=("email", "phone"),
        consent_word="Subscribe",
        most_bytes=50_000_000,
    ),
    Preset(
        "mailchimp",
        _("contacts for a Mailchimp audience, tagged with the list's title"),
        columns={
            "Email Address": "email",
            "First Name": "first_name",
            "Last Name": "last_name",
            "Phone Number": "phone",
            "Tags": "title",
        },
        reached_by=("email",),
    ),
    Preset(
        "meta",
        _("a Meta customer list, with nothing but what finds the person"),
        columns={
            "email": "email",
            "phone": "phone",
            "fn": "first_name",
            "ln": "last_name",
            "country": "country",
        },
        others=False,
        reached_by=("email", "phone"),
    ),
    Preset(
        "google",
        _("a Google customer list, with nothing but what finds the person"),
        columns={
            "Email": "email",
            "Phone": "phone",
            "First Name": "first_name",
            "Last Name": "last_name",
            "Country": "country",
            "Zip": "nothing",
        },
        others=False,
        reached_by=("email", "phone"),
    ),
)

PRESETS: Mapping[str, Preset] = MappingProxyType({preset.name: preset for preset in _ALL})


def preset(name: str) -> Preset:
    """Return the preset of that name; raises UsageError that names them all."""
    if name in PRESETS:
        return PRESETS[name]
    problem = _("There is no preset “{name}”.").format(name=harmless(name, 40))
    raise UsageError(problem, _("Choose one of {names}.").format(names=", ".join(PRESETS)))
