"""A checked text with its passages: each has an encoding and a stance of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from app.domain.checks.checks import Candidate, CheckRequest, Language, Stance
from app.domain.core.text_quotes import TextQuote
from app.language.stance.passages import Passage, passages
from app.services.checks.score_pairs import PassageText
from app.services.stance.classify_stance import ClassifyStance
from index.contract import EncodedText, EncoderInput

WHOLE = 0
"""Number of the passage that is the whole text."""


@dataclass(frozen=True, slots=True)
class CutText:
    """A checked text before it is encoded."""

    request: CheckRequest
    language: Language
    parts: Sequence[Passage]
    """Besides the whole."""

    @classmethod
    def of(cls, request: CheckRequest, language: Language, *, parts: bool) -> Self:
        """`parts`: whether its sentences are read one by one."""
        return cls(request, language, passages(request.text, language.code) if parts else [])

    def inputs(self) -> list[EncoderInput]:
        """Inputs of the encoder, the whole text first."""
        texts = [self.request.text, *(self.request.text[part.start : part.end] for part in self.parts)]
        return [EncoderInput(text, self.language.code) for text in texts]


@dataclass(frozen=True, slots=True)
class CheckedText:
    """A checked text, its passages numbered from `WHOLE` on."""

    text: str
    language: Language
    parts: Sequence[Passage]
    encodings: Sequence[EncodedText]
    """Of the whole, and of each part."""
    classify_stance: ClassifyStance
    _stances: dict[int, Stance] = field(default_factory=dict, repr=False, compare=False)
    """Those that were asked for before."""

    @property
    def encoded(self) -> EncodedText:
        return self.encodings[WHOLE]

    @property
    def part_texts(self) -> list[PassageText]:
        """The parts with their encodings, in order."""
        return [self.passage(number) for number in range(1, len(self.encodings))]

    def passage(self, number: int) -> PassageText:
        start, end = self.span(number)
        return PassageText(self.text[start:end], self.encodings[number])

    def span(self, number: int) -> tuple[int, int]:
        """Begin and end of a passage in the text, in code points."""
        if number == WHOLE:
            return 0, len(self.text)
        part = self.parts[number - 1]
        return part.start, part.end

    def claim(self, number: int) -> TextQuote | None:
        """The passage as a quote of the text; None for the whole."""
        return None if number == WHOLE else TextQuote.of(self.text, *self.span(number))

    def shown(self, candidate: Candidate) -> int:
        """Number of the passage that is shown as the one that a candidate matches: the whole where it fits as well and
        is not of another stance, for then its other sentences are not of something else."""
        if candidate.passage == WHOLE or not candidate.fits_whole:
            return candidate.passage
        labels = {self.stance(number).label for number in (WHOLE, candidate.passage)}
        return WHOLE if len(labels) == 1 or labels <= {"assertion", "report"} else candidate.passage

    def stance(self, number: int = WHOLE) -> Stance:
        """Stance of a passage, with cues that point into the text.

        A text whose parts all assert or report does so as a whole.
        """
        if number not in self._stances:
            self._stances[number] = self._stance(number)
        return self._stances[number]

    def _stance(self, number: int) -> Stance:
        if number == WHOLE:
            whole = self._read(self.text, self.encoded)
            said = whole.label is None or whole.label in ("assertion", "report")
            if said or not self.parts:
                return whole
            others = {self.stance(part).label for part in range(1, len(self.encodings))}
            return Stance() if others <= {"assertion", "report"} else whole
        part = self.parts[number - 1]
        own = self._read(self.text[part.start : part.end], self.encodings[number])
        if part.settled is None or part.settled == own.label or own.label is None:
            cues = tuple(_moved(self.text, cue, part.start) for cue in own.cues)
            return replace(own, cues=cues)
        whole = self._read(self.text, self.encoded)
        return Stance(part.settled, whole.cues if whole.label == part.settled else ())

    def _read(self, text: str, encoded: EncodedText) -> Stance:
        return self.classify_stance(text, self.language.code, encoded.vector)


def _moved(text: str, cue: TextQuote, offset: int) -> TextQuote:
    return TextQuote.of(text, cue.start + offset, cue.end + offset)
