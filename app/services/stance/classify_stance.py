"""Stance classification of a text: by rules and, where there is a classifier for the embedder, by its vector too."""

from dataclasses import dataclass

from app.domain.checks.checks import Stance
from app.language.stance.classifier import StanceJudge
from app.language.stance.features import read_marks
from app.language.stance.rules import read_stance
from index.contract import FloatArray


@dataclass(frozen=True, slots=True)
class ClassifyStance:
    """Applies the rules, and lets the classifier overrule them in short texts, where wordings vary most."""

    classifier: StanceJudge | None

    def __call__(self, text: str, language: str, vector: FloatArray) -> Stance:
        """`vector` is the embedder's for this text."""
        if self.classifier is None:
            return read_stance(text, language)
        reading = read_marks(text, language)
        return reading.labelled(self.classifier.judge(vector, reading.marks))
