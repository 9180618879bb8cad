"""Articles with what is to be found in them, and how much of it is.

Beside an article `NAME.txt` stands `NAME.json`: day of publication, language, and the claims, each by its exact words
or by `start` and `end`. The seed article is not ours to copy: it is read from `../shared/seed` beside the repository,
or from $REFRAIN_SEED.
"""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.core.dates import parse_period
from app.language.attribution.claims import extract_claims
from app.language.attribution.text_spans import Sentence
from index.text.sentences import sentence_spans

HERE = Path(__file__).parent / "documents"
SEED = Path(os.environ.get("REFRAIN_SEED") or Path(__file__).resolve().parents[3] / "shared" / "seed")
_MOST = 0.6
_COVERED = 0.5
"""Of what is found so much lies in the claim, and covers so much of it: reporters break into quotations."""


@dataclass
class Score:
    """How the claims of an article were found. `wrong` has a line for each thing that is not as it should be."""

    gold: int = 0
    found: int = 0
    false: int = 0
    speakers: int = 0
    false_speakers: int = 0
    dates: int = 0
    false_dates: int = 0
    quoted: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other):
        for name in ("gold", "found", "false", "speakers", "false_speakers", "dates", "false_dates", "quoted"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.wrong += other.wrong


def article(name):
    """An article and its gold; None for the seed article where it is not there."""
    gold = json.loads((HERE / f"{name}.json").read_text("utf-8"))
    place = SEED / gold["article"] if "article" in gold else HERE / f"{name}.txt"
    if not place.exists():
        return None
    text = place.read_text("utf-8").strip()
    for one in gold["claims"]:
        if "exact" in one:
            one["start"] = text.index(one["exact"])
            one["end"] = one["start"] + len(one["exact"])
    return text, gold


def read(text, gold):
    """What is found in an article."""
    sentences = [Sentence(start, end, at) for at, (start, end) in sentence_spans(text, gold["language"])]
    return extract_claims(text, sentences, gold["language"], parse_period(gold["published_at"]))


def score(text, gold):
    """How the claims that are to be checked compare with the gold."""
    result = Score(gold=len(gold["claims"]))
    claims = [one for one in read(text, gold).claims if not one.background]
    matched = set()
    for wanted in gold["claims"]:
        within = [one for one in claims if _shared(one, wanted) >= _MOST * (one.end - one.start)]
        matched.update(within)
        if sum(_shared(one, wanted) for one in within) < _COVERED * (wanted["end"] - wanted["start"]):
            result.wrong.append(f"not found: {text[wanted['start'] : wanted['end']]}")
            continue
        result.found += 1
        one = within[0]
        said_at = one.said_at and one.said_at.text
        result.speakers += one.speaker == wanted["speaker"]
        result.false_speakers += one.speaker is not None and not _part_of(one.speaker, wanted["speaker"])
        result.dates += said_at == wanted["said_at"]
        result.false_dates += said_at is not None and said_at != wanted["said_at"]
        result.quoted += one.quoted == wanted["quoted"]
        for kind, given, right in (
            ("speaker", one.speaker, wanted["speaker"]),
            ("date", said_at, wanted["said_at"]),
            ("quoted", one.quoted, wanted["quoted"]),
        ):
            if given != right:
                result.wrong.append(f"{kind} {given}, not {right}: {one.text}")
    for one in claims:
        if one not in matched:
            result.false += 1
            result.wrong.append(f"nobody's claim: {one.text}")
    return result


def _shared(claim, wanted):
    return max(0, min(claim.end, wanted["end"]) - max(claim.start, wanted["start"]))


def _part_of(given, right):
    """A shorter name of the right one is not the right one, and not a false one."""
    return right is not None and set(given.split()) <= set(right.split())
