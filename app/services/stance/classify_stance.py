"""Stance classification of a text: by rules, and by its vector too where there is a classifier for the encoder."""

from dataclasses import dataclass

from app.domain.checks.checks import Stance
from app.language.stance.classifier import StanceClassifier
from app.language.stance.features import stance_features
from app.language.stance.rules import stance_by_rules
from index.contract import FloatArray


@dataclass(frozen=True, slots=True)
class ClassifyStance:
    """Classifies by rules, and lets the classifier overrule them in short texts, where wordings differ most."""

    classifier: StanceClassifier | None

    def __call__(self, text: str, language: str, vector: FloatArray) -> Stance:
        """`vector` is the embedder's for this text."""
        if self.classifier is None:
            return stance_by_rules(text, language)
        reading = stance_features(text, language)
        return reading.labelled(self.classifier.classify(vector, reading.values))
