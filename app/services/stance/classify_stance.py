"""Stance classification of a text: by rules, and by its vector too where a classifier was fitted to the embedder.

The only place that calls `app.language.stance`: whatever shows a stance asks here, or reads what was stored from here.
"""

import zlib
from dataclasses import dataclass

from app.domain.checks.checks import Stance
from app.language.stance import stance_version
from app.language.stance.classifier import StanceClassifier
from app.language.stance.features import stance_features
from app.language.stance.rules import stance_by_rules
from index.contract import FloatArray


@dataclass(frozen=True, slots=True)
class ClassifyStance:
    """Classifies by rules, and lets the classifier overrule them in short texts, where wordings differ most."""

    classifier: StanceClassifier | None

    @property
    def version(self) -> str:
        """Changes whenever rules or classifier could give another stance: at most 32 characters."""
        weights = zlib.crc32(self.classifier.weights.tobytes()) if self.classifier else 0
        return f"{stance_version()[:22]}-{weights:08x}"

    def __call__(self, text: str, language: str, vector: FloatArray | None) -> Stance:
        """`vector` is the embedder's for this text; where it is None, for there is none yet, the rules decide alone."""
        if self.classifier is None or vector is None:
            return stance_by_rules(text, language)
        features = stance_features(text, language)
        return features.labelled(self.classifier.classify(vector, features.values))
