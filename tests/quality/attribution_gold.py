"""Sentences of usual news wordings with who says what in them, and how many are read right.

Each line of `attributions/*.jsonl` has a text, published on `PUBLISHED`, and its claims: words, speaker, date.
"""

import json
from pathlib import Path

from document_gold import read, score

PUBLISHED = "2021-05-24"
FOLDER = Path(__file__).parent / "attributions"


def passages(name):
    """The texts of a file, each with its gold in the shape of an article's."""
    for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines():
        one = json.loads(line)
        yield (
            one["text"],
            {
                "language": one["language"],
                "published_at": PUBLISHED,
                "claims": [_placed(one["text"], *claim) for claim in one["claims"]],
            },
        )


def is_right(result):
    """Whether all claims of a text are found with their speakers and dates, and nothing else."""
    return (result.found, result.speakers, result.dates, result.false) == (result.gold, result.gold, result.gold, 0)


def faults(text, gold):
    """How a text is read, and whether rightly: what is found and then left out as background is not."""
    result = score(text, gold)
    hidden = [f"left out: {one.text}" for one in read(text, gold).claims if one.background]
    result.wrong += hidden
    return result, is_right(result) and not hidden


def _placed(text, words, speaker, said_at):
    start = text.index(words)
    return {
        "start": start,
        "end": start + len(words),
        "speaker": speaker,
        "said_at": said_at,
        "quoted": start > 0 and text[start - 1] in "“«„",
    }
