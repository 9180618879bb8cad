"""Proves a freshly prepared model against the package that it was made from: come here when preparation says no."""

from collections.abc import Sequence
from typing import Final, Protocol

import numpy as np
from tokenizers import Tokenizer

from index.contract import FloatArray, ModelUnusable

MIN_COSINE: Final = 0.999
"""Between the original engine's vectors and those of the graph in exact arithmetic."""
MIN_COSINE_ROUNDED: Final = 0.99
"""Between the vectors of the graph in exact arithmetic and in the one that serves."""

TEXTS: Final = (
    "Six tanks of chlorine were delivered to the town, a ministry spokesman said on 27 August 2018.",
    "The laboratories near the border are breeding mosquitoes!",
    "A vaccine that “changes your DNA”? No.",
    "В посёлок доставили шесть ёмкостей с хлором, сообщил представитель министерства.",
    "Лаборатории у границы разводят комаров — так утверждает газета №1.",
    "У селище привезли шість балонів із хлором, заявив речник; під'їзд перекрито.",
    "Im Ort wurden sechs Fässer Chlor abgeladen, größtenteils nachts.",
    "Nel villaggio sono arrivati sei fusti di cloro: è l'ennesima provocazione.",
    "Six fûts de chlore ont été livrés à l'école, selon l'élu.",
    "Llegaron seis bidones de cloro; ¿quién los envió?",
    "تم تسليم ستة خزانات من الكلور إلى البلدة.",
    "六罐氯气被运到了镇上，发言人说。",
    "町に塩素のタンクが六つ運び込まれた。",
    "Kasabaya altı tank klor getirildiği öne sürülüyor.",
    "Do miasteczka dostarczono sześć zbiorników chloru, źródło: ąęłńóśźż.",
    "Στην πόλη παραδόθηκαν έξι δεξαμενές χλωρίου.",
    "सेना ने कहा कि छह टैंक पहुँचाए गए।",
    "ok",
    "1,234.56 € — 50 % off… 🚀",
    "ﬁnal ＦＵＬＬ ｗｉｄｔｈ ½ ① text\twith\nbreaks  and   spaces",
)
"""Written for this purpose, in the languages that archives are kept in, with what trips tokenizers."""


class Original(Protocol):
    """The package's own engine."""

    def query(self, texts: list[str]) -> FloatArray: ...

    def token_count(self, text: str, is_query: bool) -> int: ...


def verify_tokens(original: Original, tokenizer: Tokenizer, prompt: str) -> None:
    """Raises `ModelUnusable` when a text of `TEXTS` has another number of tokens than in the original."""
    differing = [
        text for text in TEXTS if len(tokenizer.encode(prompt + text).ids) != original.token_count(text, is_query=True)
    ]
    if differing:
        raise ModelUnusable(f"The prepared tokenizer disagrees with the original on {differing}.")


def verify_vectors(expected: FloatArray, found: FloatArray, least: float) -> float:
    """The lowest cosine of two matrices' rows of length 1. Raises `ModelUnusable` when it is below `least`."""
    worst = float(np.sum(expected * found, axis=1).min())
    if not worst >= least:
        raise ModelUnusable(f"The prepared model agrees with its source only at cosine {worst:.4f}, not {least}.")
    return worst


def long_text(texts: Sequence[str] = TEXTS) -> str:
    """All texts in one: about 400 tokens, for what only length brings out."""
    return " ".join(texts)
