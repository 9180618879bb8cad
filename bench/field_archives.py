"""Archives, checks and shares that the rows of `bench/field.py` have in common."""

import json
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from app.cli.evaluate import query_of
from app.domain.checks.checks import Check, CheckRequest
from app.domain.statements.statements import LONGEST_TEXT, StatementDraft
from app.formats.evaluation import read_queries
from app.services import Services
from app.services.evaluation import evaluate
from app.services.evaluation.statistics import wilson_interval
from index.contract import EncodedText, EncoderInput
from index.text.encoder import DefaultTextEncoder

AT_ONCE = 50
REFUTATION_LENGTH = 250
RANKED = 10
"""Matches that are asked for where an order is measured: no figure of it looks further down."""


class KeptEncoder(DefaultTextEncoder):
    """Encodes a text once, however many archives it is in."""

    def __init__(self, *arguments, **more) -> None:
        super().__init__(*arguments, **more)
        self._kept: dict[EncoderInput, EncodedText] = {}

    def encode(self, texts: Sequence[EncoderInput], progress: Callable[[int], None] | None = None) -> list[EncodedText]:
        new = [text for text in dict.fromkeys(texts) if text not in self._kept]
        self._kept.update(zip(new, super().encode(new, progress), strict=True))
        return [self._kept[text] for text in texts]


def read_lines(file: Path) -> list[dict]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


def drawn(records: Sequence, count: int | None) -> list:
    return list(records) if count is None or count >= len(records) else random.Random(0).sample(list(records), count)


def record(services: Services, corpus: Sequence[dict]) -> None:
    services.record_statements(
        [
            StatementDraft(text=one["text"], language=one.get("lang") or "en", external_id=str(one["id"]))
            for one in corpus
        ]
    )


def check_all(services: Services, texts: Sequence[str]) -> list[Check]:
    """Checks of texts, whatever the dates of precedents."""
    answers: list[Check] = []
    for begin in range(0, len(texts), AT_ONCE):
        some = texts[begin : begin + AT_ONCE]
        answers += services.check_statements([CheckRequest(text, earlier_only=False, record=False) for text in some])
    return answers


def rank(services: Services, folder: Path, split: str | None, *, any_time: bool):
    """Scores of a folder's queries, and the checks."""
    queries = [query_of(one, any_time, services.languages.canonical) for one in read_queries(folder, split)]
    kept: list[Check] = []

    def check_statements(requests: Sequence[CheckRequest]) -> list[Check]:
        answers = services.check_statements([replace(request, limit=RANKED) for request in requests])
        kept.extend(answers)
        return answers

    return evaluate.score_queries(check_statements, queries), kept


def opening(disproof: str) -> str:
    """Its first sentences, as far as they fit, without addresses."""
    text = re.sub(r"https?://\S+", "", disproof).strip()
    whole = ""
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        if whole and len(whole) + len(sentence) > REFUTATION_LENGTH:
            break
        whole = f"{whole} {sentence}".strip()
    return whole[:LONGEST_TEXT]


def over_cut_off(check: Check) -> bool:
    return any(evaluate.flags_with(check, match) for match in check.matches)


def first_match(check: Check) -> dict[str, object]:
    """The text of a check with its best precedent, cut short, and the score."""
    best = check.matches[0]
    return {"text": check.text[:160], "precedent": best.precedent.text[:160], "score": best.score}


def share(name: str, hits: int, of: int) -> dict[str, object]:
    """A share with its count and 95 % interval."""
    return {name: f"{hits} of {of}", f"{name}, 95 %": wilson_interval(hits, of)}


def rounded(value):
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, Mapping):
        return {key: rounded(one) for key, one in value.items()}
    return [rounded(one) for one in value] if isinstance(value, list | tuple) else value
