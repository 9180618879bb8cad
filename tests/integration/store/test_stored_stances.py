"""A text has one stance, wherever it is shown: classified when it is written, stored beside its vector."""

import pytest
from builders import draft, period, request
from fakes import HeldClock
from sqlalchemy import text

from app.domain.checks.reviews import Actor, ReviewDraft
from app.store.connections import writing
from app.store.database import open_database
from index.embedders.hashing import HashingEmbedder

NARRATIVE = "The bank"
CANDIDATES = [
    f"{who} {what} {when}."
    for who in ("The bank", "Nobody in the ministry", "A spokesman of the bank", "The mayor")
    for what in ("will close the branch", "has no money", "is said to leave the town", "may not pay its debts")
    for when in ("on Friday", "in spring", "before the vote")
]
DENIAL = "It is not true that the bank will close on Friday."


class Classified(HashingEmbedder):
    """Has the name of the default model, so that the classifier that is fitted to it overrules the rules."""

    name = "multilingual-e5-small (onnx, int8)"

    def __init__(self):
        super().__init__(384)
        self.fingerprint = "hashing-1-384-classified"


@pytest.fixture
def clock():
    return HeldClock()


@pytest.fixture
def archive(process, clock):
    return process("one", embedder=Classified(), clock=clock)


def label(services, said, *, by_rules=False):
    """The stance that a text in hand gets."""
    vector = None if by_rules else services.encoder.embed([said])[0]
    return services.check_statements.classify_stance(said, "en", vector).label


@pytest.fixture
def disputed(archive):
    """Texts that classifier and rules do not agree on, each of the two with another stance of the classifier."""
    labels = {said: label(archive, said) for said in CANDIDATES}
    overruled = [said for said, stance in labels.items() if stance != label(archive, said, by_rules=True)]
    assert overruled
    first = overruled[0]
    return first, next(said for said, stance in labels.items() if stance != labels[first])


def precedent(services, said, **fields):
    """The stance of this precedent in the answer to a check of the same text, and that of the checked text."""
    [check] = services.check_statements([request(said, language="en", limit=50, minimum_tier="any", **fields)])
    return next(match.precedent.stance for match in check.matches if match.precedent.text == said), check.stance.label


def entry(services, said, known_at=None):
    """Its stance in the timeline of its narrative."""
    [(_, narrative)] = services.edit_narrative.find(None, None, 10)
    timeline = services.narrative_timeline(narrative.id, 0, 10, known_at=known_at)
    return next(entry.stance for entry in timeline.entries if entry.text == said)


def forget_stances(url, version=None):
    forgotten = "stance = NULL, stance_cues = NULL, stance_version = NULL"
    update_vectors(url, f"stance = 'report', stance_version = '{version}'" if version else forgotten)


def update_vectors(url, made):
    engine = open_database(url)
    with writing(engine) as connection:
        connection.execute(text(f"UPDATE vectors SET {made}"))
    engine.dispose()


def stored(services):
    with services.store.reading() as tx:
        encoder = services.encoder.fingerprint
        version = services.check_statements.classify_stance.version
        found = tx.statements.by_keys(range(1, 20))
        stances = tx.vectors.stances(encoder, version, {key: one.text for key, one in found.items()})
        return {found[key].text: stance for key, stance in stances.items()}


def test_the_same_text_has_the_same_stance_checked_as_a_precedent_in_a_timeline_and_beside_a_related_statement(
    archive, disputed
):
    said, other = disputed
    first, second = archive.record_statements(
        [
            draft(said, "2021-01-01", [NARRATIVE], external_id="first"),
            draft(f"{said} {other}", "2021-01-02", external_id="second"),
        ]
    )
    expected = label(archive, said)
    assert expected != label(archive, said, by_rules=True)
    assert precedent(archive, said) == (expected, expected)
    assert entry(archive, said) == expected
    related = archive.related_statements(second.statement.id)
    assert [one.match.precedent.stance for one in related.precedents if one.statement.id == first.statement.id] == [
        expected
    ]
    assert stored(archive)[said].label == expected


def test_a_precedent_linked_by_hand_and_a_statement_that_a_review_archived_have_the_stance_of_their_text(
    archive, disputed
):
    said, other = disputed
    organisation = archive.manage_keys.organisation("Desk")
    by = Actor("of a key", "Desk")
    [recorded] = archive.record_statements([draft(said, "2021-01-01", [NARRATIVE])])
    [check] = archive.check_statements([request(other, language="en", minimum_tier="near_verbatim")], organisation)
    linked = ReviewDraft("confirmed", precedent_id=recorded.statement.id, archive=True)
    archive.review_match(organisation, by, check.id, linked)
    [match] = archive.browse_checks.get(organisation, check.id).matches
    assert match.precedent.stance == label(archive, said)
    assert stored(archive)[other].label == check.stance.label == label(archive, other)


def test_cues_are_stored_with_the_stance(archive):
    archive.record_statements([draft(DENIAL, "2021-01-01")])
    [check] = archive.check_statements([request(DENIAL, language="en")])
    assert stored(archive) == {DENIAL: check.stance}


def test_a_reworded_statement_gets_the_stance_of_its_new_text_and_keeps_that_of_the_old_one_as_it_was_known_then(
    archive, disputed, clock
):
    said, other = disputed
    [recorded] = archive.record_statements([draft(said, "2021-01-01", [NARRATIVE], learned_at=clock())])
    clock.advance(days=2)
    archive.edit_statement.change(recorded.statement.id, {"text": other}, None)
    assert {reworded: stance.label for reworded, stance in stored(archive).items()} == {other: label(archive, other)}
    assert precedent(archive, other)[0] == entry(archive, other) == label(archive, other)
    then = "2021-05-24"
    assert precedent(archive, said, known_at=period(then))[0] == label(archive, said)
    assert entry(archive, said, period(then)) == label(archive, said)


def test_statements_stored_before_are_classified_when_they_are_read_and_stored_in_the_background(
    archive, disputed, url
):
    said, _ = disputed
    archive.record_statements([draft(said, "2021-01-01", [NARRATIVE])])
    forget_stances(url)
    assert stored(archive) == {}
    assert precedent(archive, said)[0] == entry(archive, said) == label(archive, said)
    archive.archive.backfill()
    assert stored(archive)[said].label == label(archive, said)
    assert archive.archive.backfill_stances() == 0


def test_stances_of_another_version_are_not_shown_and_are_made_anew(archive, disputed, url):
    said, _ = disputed
    archive.record_statements([draft(said, "2021-01-01", [NARRATIVE])])
    forget_stances(url, version="stance-0")
    assert precedent(archive, said)[0] == label(archive, said)
    assert archive.archive.backfill_stances() == 1
    assert stored(archive)[said].label == label(archive, said)


def test_a_changed_classification_makes_every_stance_anew(archive, monkeypatch):
    archive.record_statements([draft(DENIAL, "2021-01-01", [NARRATIVE])])
    assert archive.archive.backfill_stances() == 0
    monkeypatch.setattr("app.services.stance.classify_stance.stance_version", lambda: "of-tomorrow")
    assert stored(archive) == {}
    assert archive.archive.backfill_stances() == 1
    assert stored(archive)[DENIAL].label == label(archive, DENIAL)


def test_a_part_encodes_few_statements_and_ends_early_at_a_stop(archive, url):
    archive.record_statements([draft(f"{DENIAL} That was day {day}.", "2021-01-01") for day in range(100)])
    encoded = []
    encode, encoder = archive.encoder._encoder.encode, archive.encoder._encoder
    while archive.archive.backfill_part():
        pass
    forget_stances(url)
    update_vectors(url, "words_version = ''")
    again = archive.archive.with_projection(archive.archive.index.projection)
    encoder.encode = lambda texts, *more: encoded.append(len(texts)) or encode(texts, *more)
    try:
        assert again.backfill_part(lambda: True)
        assert not encoded
        while again.backfill_part(lambda: False):
            assert len(encoded) <= 4
    finally:
        del encoder.encode
    assert encoded == [32, 32, 32, 4]
    assert archive.archive.backfill_stances() == archive.archive.backfill_token_features() == 0


def test_a_service_goes_through_each_change_once_and_through_all_for_another_version(
    archive, process, clock, disputed, url, monkeypatch
):
    said, other = disputed
    archive.record_statements([draft(said, "2021-01-01", [NARRATIVE])])
    forget_stances(url)
    while archive.archive.backfill_part():
        pass
    assert stored(archive)[said].label == label(archive, said)
    archive.record_statements([draft(other, "2021-01-02", [NARRATIVE])])
    assert archive.archive.backfill_part()
    assert not archive.archive.backfill_part()

    again = process("one", embedder=Classified(), clock=clock)
    assert not again.archive.backfill_part()
    monkeypatch.setattr("app.services.stance.classify_stance.stance_version", lambda: "of-tomorrow")
    assert stored(again) == {}
    while again.archive.backfill_part():
        pass
    assert set(stored(again)) == {said, other}
