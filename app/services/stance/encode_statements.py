"""Encoding of texts for the archive, with the stance of each: what is stored of a statement when it is written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.services.stance.classify_stance import ClassifyStance
from app.services.stance.ports import ClassifiedText
from index.contract import EncodedText, EncoderInput, TextEncoder


@dataclass(frozen=True, slots=True)
class EncodeStatements:
    """Embeds texts in batches and classifies the stance of each, without its title."""

    encoder: TextEncoder
    classify_stance: ClassifyStance

    def __call__(
        self, texts: Sequence[EncoderInput], progress: Callable[[int], None] | None = None
    ) -> list[ClassifiedText]:
        """Encoding and stance of each text, in order. `progress` is called with the number of texts embedded since."""
        encodings = self.encoder.encode(texts, progress)
        return [self.classified(text, encoded) for text, encoded in zip(texts, encodings, strict=True)]

    def classified(self, text: EncoderInput, encoded: EncodedText) -> ClassifiedText:
        """A text that has been encoded already, with its stance."""
        stance = self.classify_stance(text.text[text.text_start :], text.language, encoded.vector)
        return ClassifiedText(encoded, stance, self.classify_stance.version)
