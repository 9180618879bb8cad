"""Speakers and outlets with what they said, and names that an organisation takes for one, on both databases."""

import pytest
from builders import account, draft, request
from sqlalchemy import event

from app.domain.core.errors import InvalidInput, NotFound
from app.domain.statements.statements import Finding, Source
from app.services.statements.ports import StatementFilter


@pytest.fixture
def reader(archive):
    """Somebody of an organisation, over an archive with three spellings of one speaker."""
    names = (("Alexander Karpov", "2020-01-01"), ("Karpov", "2020-03-01"), ("Александр Карпов", "2021-05-01"))
    archive.record_statements(
        [
            draft(f"Statement of {name}.", day, narratives=["Script"], speaker=name, source=Source(name="TASS"),
                  findings=(Finding("unproven", "A publisher", None),), language="ru" if name[0] == "А" else "en")
            for name, day in names
        ]
    )  # fmt: skip
    archive.record_statements(
        [
            draft("Another one.", "2020-02-01", narratives=["Other"], speaker="Igor Karpov", source=Source(name="RIA")),
            draft("In the future.", "2099-01-01", speaker="Igor Karpov", source=Source(name="RIA")),
        ]
    )
    return account(archive)


def listed(archive, reader, kind="speaker", words=(), sort="count"):
    found = archive.browse_speakers.find(kind, words, sort, 0, 50, reader.organisation)
    return [(line.ref.name, line.statement_count) for line in found]


def key(archive, reader, name):
    return archive.browse_speakers.key_of("speaker", name, reader.organisation)


def test_speakers_and_outlets_are_listed_with_what_they_said(archive, reader):
    assert listed(archive, reader, sort="name") == [
        ("Alexander Karpov", 1), ("Igor Karpov", 2), ("Karpov", 1), ("Александр Карпов", 1),
    ]  # fmt: skip
    assert listed(archive, reader, words=("igor",)) == [("Igor Karpov", 2)]
    assert listed(archive, reader, sort="last")[0] == ("Александр Карпов", 1)
    assert listed(archive, reader, "outlet") == [("TASS", 3), ("RIA", 2)]
    [igor] = archive.browse_speakers.find("speaker", ("igor",), "count", 0, 9, reader.organisation)
    assert (igor.narrative_count, igor.last_said_at.text) == (1, "2020-02-01")


def test_aliases_count_as_one_until_they_are_separated(archive, reader):
    main, short, russian = (key(archive, reader, name) for name in ("Alexander Karpov", "Karpov", "Александр Карпов"))
    archive.merge_speakers.merge(russian, short, reader.organisation, reader.actor)
    archive.merge_speakers.merge(short, main, reader.organisation, reader.actor)
    assert listed(archive, reader) == [("Alexander Karpov", 3), ("Igor Karpov", 2)]
    assert listed(archive, reader, words=("карпов",)) == [("Alexander Karpov", 3)]
    detail, statements = archive.browse_speakers.get("speaker", russian, reader.organisation)
    assert (detail.line.ref.key, [alias.name for alias in detail.aliases]) == (main, ["Karpov", "Александр Карпов"])
    assert dict(detail.languages) == {"en": 2, "ru": 1}
    assert [(ref.title, count) for ref, count in detail.narratives] == [("Script", 3)]
    assert len(detail.findings) == len(statements) == 3
    assert sum(detail.line.months) == 3
    with archive.store.reading() as tx:
        for name in ("alexander karpov", "Карпов Нет", "Karpov"):
            found = tx.statements.latest(StatementFilter(speaker=name), 0, 9, reader.organisation)
            assert len(found) == (0 if "Нет" in name else 3)
    archive.merge_speakers.separate(russian, reader.organisation)
    assert listed(archive, reader)[0] == ("Alexander Karpov", 2)
    others = account(archive, organisation="Others")
    assert ("Karpov", 1) in listed(archive, others)


def test_names_that_sound_alike_are_suggested_until_one_decides(archive, reader):
    def pairs():
        found = archive.browse_speakers.suggestions(reader.organisation, 9)
        return {frozenset((one.speaker.name, one.into.name)) for one in found}

    assert pairs() == {
        frozenset(("Alexander Karpov", "Karpov")),
        frozenset(("Alexander Karpov", "Александр Карпов")),
        frozenset(("Karpov", "Александр Карпов")),
    }
    main, short, russian = (key(archive, reader, name) for name in ("Alexander Karpov", "Karpov", "Александр Карпов"))
    archive.merge_speakers.refuse(short, main, reader.organisation, reader.actor)
    assert frozenset(("Alexander Karpov", "Karpov")) not in pairs()
    archive.merge_speakers.accept_again(main, short, reader.organisation)
    assert len(pairs()) == 3
    archive.merge_speakers.merge(russian, main, reader.organisation, reader.actor)
    assert pairs() == {frozenset(("Alexander Karpov", "Karpov"))}


def test_who_is_not_seen_is_not_there(archive, reader):
    others = archive.manage_organisations.create("Others")
    archive.record_statements([draft("Own.", "2020-01-01", speaker="Hidden Person", owner=others.key)])
    with pytest.raises(NotFound):
        key(archive, reader, "Hidden Person")
    assert "Hidden Person" not in dict(listed(archive, reader))
    main = key(archive, reader, "Karpov")
    with pytest.raises(InvalidInput):
        archive.merge_speakers.merge(main, main, reader.organisation, reader.actor)
    with pytest.raises(NotFound):
        archive.merge_speakers.merge(main, 10**9, reader.organisation, reader.actor)


def test_an_undone_merge_gives_back_what_was_merged_in_that_step(archive, reader):
    main, short, russian, igor = (
        key(archive, reader, name) for name in ("Alexander Karpov", "Karpov", "Александр Карпов", "Igor Karpov")
    )
    merge, separate = archive.merge_speakers.merge, archive.merge_speakers.separate
    merge(russian, short, reader.organisation, reader.actor)
    merge(igor, main, reader.organisation, reader.actor)
    merge(short, main, reader.organisation, reader.actor)
    assert listed(archive, reader) == [("Alexander Karpov", 5)]
    separate(short, reader.organisation)
    assert listed(archive, reader) == [("Alexander Karpov", 3), ("Karpov", 2)]
    separate(russian, reader.organisation)
    separate(igor, reader.organisation)
    assert sorted(count for _, count in listed(archive, reader)) == [1, 1, 1, 2]


def said_before(archive, text, organisation):
    """How often a check says that a text was said before, and how often its narrative was."""
    asked = request(text, said_at="2022-01-01", record=False)
    [check] = archive.check_statements([asked], organisation)
    return check.recurrence.count, [history.recurrence.count for history in check.narratives]


def test_aliases_are_one_speaker_in_recurrence_and_on_the_timeline(archive, reader):
    text = "The laboratories of the neighbours are working on a dangerous virus."
    archive.record_statements(
        [
            draft(text, "2021-06-01", narratives=["Labs"], speaker=name, external_id=name)
            for name in ("Karpov", "Александр Карпов", "Igor Karpov")
        ]
    )
    others = account(archive, organisation="Others").organisation
    assert said_before(archive, text, reader.organisation) == (3, [3])
    short, russian = (key(archive, reader, name) for name in ("Karpov", "Александр Карпов"))
    archive.merge_speakers.merge(russian, short, reader.organisation, reader.actor)
    sent = []
    event.listen(archive.store.engine, "before_cursor_execute", lambda *given: sent.append(given[2]))
    assert said_before(archive, text, reader.organisation) == (2, [2])
    assert sum("speaker_aliases" in query for query in sent) == 1
    assert said_before(archive, text, others) == (3, [3])
    labs = archive.edit_narrative.resolve("Labs").id
    points = archive.browse_narratives.get(labs, 1, 10, reader).points
    assert sorted(point.speaker for point in points) == ["Igor Karpov", "Karpov"]
    archive.merge_speakers.separate(russian, reader.organisation)
    assert said_before(archive, text, reader.organisation) == (3, [3])
