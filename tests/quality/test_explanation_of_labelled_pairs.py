"""The explanation of each labelled pair of texts reads as whole sentences."""

import json
from pathlib import Path

import pytest
from builders import match

from app.domain.core.text_quotes import TextQuote
from app.domain.explanations.role_spans import AddedSpan, AlignedSpan, RemovedSpan
from app.language.explanation.sentences import Explainer
from app.texts.fluent import FluentCatalogs

EXPLAIN = Explainer(FluentCatalogs().for_language())
GOLD = Path(__file__).parent / "alignment/dev.jsonl"


@pytest.mark.parametrize("line", GOLD.read_text("utf-8").splitlines(), ids=lambda line: json.loads(line)["id"])
def test_every_labelled_pair_reads_as_whole_sentences(line):
    pair = json.loads(line)
    now, then = pair["statement"], pair["precedent"]

    def at(side, place):
        return TextQuote.of(side["text"], *place)

    def both(slot):
        return AlignedSpan(slot["role"], at(now, slot["statement"]), at(then, slot["precedent"]))

    one = match(
        then["text"], language=then["language"],
        repeated=tuple(map(both, pair["repeated"])), changed=tuple(map(both, pair["changed"])),
        added=tuple(AddedSpan(one["role"], at(now, one["statement"])) for one in pair["added"]),
        removed=tuple(RemovedSpan(one["role"], at(then, one["precedent"])) for one in pair["dropped"]),
    )  # fmt: skip
    said = EXPLAIN(now["text"], now["language"], "assertion", one)
    assert said.startswith("The same script as on 24 April 2021")
    assert said.endswith(".")
    assert len(said) < 500
    assert "  " not in said
    assert " ." not in said
    assert "{" not in said
