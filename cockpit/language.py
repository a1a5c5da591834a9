"""The words of the owner's language, looked up once: the standard library looks on the disk at every word."""

import gettext as _gettext

_translations = _gettext.translation(_gettext.textdomain(), fallback=True)

gettext = _translations.gettext
"""The translation of a sentence, the sentence itself where there is none."""
ngettext = _translations.ngettext
"""The translation of a sentence in its singular or plural."""
