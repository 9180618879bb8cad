"""Stance of a text: by the rules and, where a classifier was fitted to the embedder's vectors, by its vector too.

The only place that calls `app.language.stance`: whatever shows a stance asks here, or reads what was stored from here.
"""

import zlib
from dataclasses import dataclass

from app.domain.checks.checks import Stance
from app.language.stance import STANCE_VERSION
from app.language.stance.classifier import StanceJudge
from app.language.stance.features import read_marks
from app.language.stance.rules import read_stance
from index.contract import FloatArray


@dataclass(frozen=True, slots=True)
class ClassifyStance:
    """Applies the rules, and lets the classifier overrule them in short texts, where wordings differ most."""

    judge: StanceJudge | None

    @property
    def version(self) -> str:
        """Changes whenever rules or classifier could give another stance: at most 32 characters."""
        weights = zlib.crc32(self.judge.weights.tobytes()) if self.judge else 0
        return f"{STANCE_VERSION[:22]}-{weights:08x}"

    def __call__(self, text: str, language: str, vector: FloatArray | None) -> Stance:
        """`vector` is the embedder's for this text; where it is None, for there is none yet, the rules decide alone."""
        if self.judge is None or vector is None:
            return read_stance(text, language)
        reading = read_marks(text, language)
        return reading.labelled(self.judge.judge(vector, reading.marks))
