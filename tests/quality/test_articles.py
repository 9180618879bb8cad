"""The claims of whole articles: found, told whose and when they are, and nobody's words given to somebody."""

import pytest
from document_gold import HERE, SEED, article, read, score

OWN = sorted(str(path.relative_to(HERE).with_suffix("")) for path in HERE.rglob("*.json") if path.stem != "seed")


@pytest.mark.parametrize("name", OWN)
def test_no_speaker_or_date_is_false_and_nobody_is_given_words_that_are_not_theirs(name):
    found = score(*article(name))
    assert (found.false, found.false_speakers, found.false_dates) == (0, 0, 0), found.wrong


@pytest.mark.parametrize("name", [name for name in OWN if not name.startswith("blind/")])
def test_every_claim_is_found_with_its_speaker_and_date(name):
    found = score(*article(name))
    assert (found.found, found.speakers, found.dates, found.quoted) == (found.gold,) * 4, found.wrong


def test_the_seed_article_is_read_as_an_editor_reads_it():
    known = article("seed")
    if known is None:
        pytest.skip(f"the seed article is not in {SEED}, which is in ../shared")
    text, gold = known
    found = score(text, gold)
    assert (found.found, found.speakers, found.dates, found.quoted) == (found.gold,) * 4, found.wrong
    assert found.false == 0, found.wrong
    begins, ends = gold["background"]
    for claim in read(text, gold).claims:
        assert claim.background == (begins <= claim.start < ends), claim.text
        assert claim.text == text[claim.start : claim.end]
