"""Any text has a stance and quotes its own words: labelled texts, changed and joined, and texts made to be slow."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language.lexicons.stance import LANGUAGES
from app.language.stance.classifier import LABELS
from app.language.stance.features import stance_features
from app.language.stance.rules import LONG, stance_by_rules

LABELLED = Path(__file__).parent / "stance"
SEEDS = [json.loads(line)["text"] for line in (LABELLED / "dev.jsonl").read_text("utf-8").splitlines()]
texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(SEEDS), min_size=1, max_size=3).map(" ".join),
    st.builds(
        lambda seed, between, at: seed[:at] + between + seed[at:],
        st.sampled_from(SEEDS),
        st.text(max_size=8),
        st.integers(0, 60),
    ),
)


@given(text=texts, language=st.sampled_from([*LANGUAGES, "und", "pl", ""]))
def test_any_text_has_a_stance_whose_cues_are_slices_of_it_in_order(text, language):
    stance = stance_by_rules(text, language)
    assert stance == stance_by_rules(text, language)
    assert stance.label == "assertion" or stance.cues
    end = 0
    for cue in stance.cues:
        assert end <= cue.start < cue.end <= len(text)
        assert text[cue.start : cue.end] == cue.exact
        assert text[: cue.start].endswith(cue.prefix)
        assert text[cue.end :].startswith(cue.suffix)
        assert len(cue.prefix) <= 20
        assert len(cue.suffix) <= 20
        end = cue.end


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ['"' * 5_000, "no " * 1_600, "не " * 1_600, "لا " * 1_600, ", " * 2_500, "(" * 5_000])
def test_a_text_made_to_be_slow_is_read_all_the_same(text, language):
    assert stance_by_rules(text, language).label


@given(text=texts, language=st.sampled_from([*LANGUAGES, "und", "pl", ""]), label=st.sampled_from(LABELS))
def test_a_classifier_that_overrules_the_rules_quotes_cues_of_the_text_or_none(text, language, label):
    reading = stance_features(text, language)
    assert reading.by_rules == stance_by_rules(text, language)
    stance = reading.labelled(label)
    assert stance.label == label or len(text) > LONG // 2
    assert all(text[cue.start : cue.end] == cue.exact for cue in stance.cues)
    assert all(0 <= value <= 1 for value in reading.values.values())
