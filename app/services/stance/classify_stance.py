"""Stance classification of a text: by rules and, where there is a classifier for the embedder, by its vector too.

The only place that calls `app.language.stance`: whatever shows a stance asks here, or reads what was stored from here.
"""

import zlib
from dataclasses import dataclass
from typing import Final

from app.domain.checks.checks import Stance
from app.language.lexicons.notation import base_language
from app.language.lexicons.stance import LANGUAGES
from app.language.stance import stance_version
from app.language.stance.classifier import StanceClassifier
from app.language.stance.features import stance_features
from app.language.stance.passages import presupposed_stance
from app.language.stance.rules import stance_by_rules
from index.contract import FloatArray
from index.processor_budget import check_processor_budget
from index.text.language_detection import UNDETERMINED

_UNREAD: Final = "Refrain has no stance rules for the language “{language}”."
_UNDETERMINED: Final = "The language of the text is not known."


@dataclass(frozen=True, slots=True)
class ClassifyStance:
    """Applies the rules, and lets the classifier overrule them in short texts, where wordings vary most."""

    classifier: StanceClassifier | None

    @property
    def version(self) -> str:
        """Changes whenever rules or classifier could give another stance: at most 32 characters."""
        weights = zlib.crc32(self.classifier.weights.tobytes()) if self.classifier else 0
        return f"{stance_version()[:22]}-{weights:08x}"

    def __call__(self, text: str, language: str, vector: FloatArray | None) -> Stance:
        """`vector` is the embedder's for this text; None where there is none yet: the rules decide alone.

        Without a label, and with the reason, for a language without rules.
        """
        check_processor_budget()
        code = base_language(language)
        if code not in LANGUAGES:
            unknown = code in ("", UNDETERMINED)
            return Stance(None, reason=_UNDETERMINED if unknown else _UNREAD.format(language=code))
        if presupposed := presupposed_stance(text, language):
            return stance_features(text, language).labelled(presupposed)
        if self.classifier is None or vector is None:
            return stance_by_rules(text, language)
        features = stance_features(text, language)
        return features.labelled(self.classifier.classify(vector, features.values))
