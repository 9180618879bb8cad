"""Whatever two texts say: spans are whole words inside their text, and no two of them overlap."""

import re
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.domain.explanations.role_spans import ROLES as SHOWN_ROLES
from index.alignment.align import Alignment, align, role_spans
from index.alignment.chunked_text import ChunkedText
from index.alignment.phrases import AlignmentInput
from index.alignment.weights import ROLES, shipped_weights
from index.contract import TokenStates
from index.text.names import NameRecognizer

NAMES = NameRecognizer()
EMBEDDERS = st.sampled_from(["multilingual-e5-small (onnx, int8)", "another"])
WORDS = st.sampled_from(
    ["six", "tanks", "of", "toxic", "gas", "were", "not", "brought", "to", "Idlib", "in", "May", "2021", "более", "300",
     "литров", "химикатов", "هجوم", "كيميائي", "more", "than", "twelve", "euros", "l'armée", "d'Idlib", "dreihundert",
     "Fässer", "六罐氯气", "White", "Helmets,", "the", "army's", "plan", "''s", "-", "up", "down", "in order to"]
)  # fmt: skip
TEXTS = st.text(max_size=60) | st.lists(WORDS, max_size=25).map(" ".join)
LANGUAGES = st.sampled_from(["en", "ru", "ar", "de", "fr", "zh", "und"])


def side(text: str, language: str, seed: int) -> AlignmentInput:
    spans = [match.span() for match in re.finditer(r"\S{1,4}", text)]
    states = np.random.default_rng(seed).normal(size=(len(spans), 384)).astype(np.float32)
    tokens = TokenStates(np.array(spans, np.int64).reshape(-1, 2), states)
    return AlignmentInput(
        text, language, ChunkedText.unpack(ChunkedText.from_tokens(text, language, tokens, NAMES).pack())
    )


SIDES = st.builds(side, TEXTS, LANGUAGES, st.integers(0, 9))


def assert_whole_and_apart(text: str, spans: list[tuple[int, int]]) -> None:
    for start, end in spans:
        assert 0 <= start < end <= len(text)
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        for inside, outside in ((start, start - 1), (end - 1, end)):
            if 0 <= outside < len(text) and text[inside].isascii() and text[outside].isascii():
                assert not (text[inside].isalnum() and text[outside].isalnum()), (text, start, end)
    assert all(one[1] <= other[0] for one, other in pairwise(sorted(spans)))


def spans_of(found: Alignment) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    aligned = [*found.repeated, *found.changed]
    return (
        [one.statement for one in aligned] + [one.span for one in found.added],
        [one.precedent for one in aligned] + [one.span for one in found.dropped],
    )


@given(one=SIDES, other=SIDES, embedder=EMBEDDERS)
def test_spans_are_whole_words_inside_their_text_and_never_overlap(
    one: AlignmentInput, other: AlignmentInput, embedder: str
) -> None:
    for spans, of in zip(spans_of(align(one, other, shipped_weights(embedder))), (one, other), strict=True):
        assert_whole_and_apart(of.text, spans)


@given(one=SIDES, embedder=EMBEDDERS)
def test_slots_are_whole_words_and_never_overlap_either(one: AlignmentInput, embedder: str) -> None:
    found = role_spans(one, shipped_weights(embedder))
    assert_whole_and_apart(one.text, [slot.span for slot in found])
    assert [slot.span for slot in found] == sorted(slot.span for slot in found)


@given(one=SIDES, other=SIDES, embedder=EMBEDDERS)
def test_every_part_has_one_place_in_the_answer(one: AlignmentInput, other: AlignmentInput, embedder: str) -> None:
    for spans, of in zip(spans_of(align(one, other, shipped_weights(embedder))), (one, other), strict=True):
        covered = {place for start, end in spans for place in range(start, end)}
        assert all(start in covered for start, _ in of.content.spans.tolist())


def test_variable_roles_are_those_of_the_slots() -> None:
    assert ROLES == SHOWN_ROLES
