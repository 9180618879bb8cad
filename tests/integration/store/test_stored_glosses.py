"""Glosses, and articles that are recognised, over each database."""

import pytest
from builders import STAGED, STAGED_ELSEWHERE, draft, request

from app.domain.checks.reviews import Actor, ReviewDraft
from app.domain.core.errors import Conflict, NotFound
from app.domain.documents.documents import DocumentRequest
from app.domain.glosses.glosses import GlossSubject, MachineTranslation
from app.services.glosses.write_glosses import WriteGlosses

ANNA, BORIS = Actor("anna", "Anna"), Actor("boris", "Boris")


@pytest.fixture
def checked(archive):
    archive.record_statements([draft(STAGED, "2021-04-24", narratives=["script"])])
    desk = archive.manage_keys.organisation("desk")
    [check] = archive.check_statements([request(STAGED_ELSEWHERE, said_at="2021-05-23")], desk)
    return desk, check


def test_each_reader_has_one_gloss_of_a_text_and_removes_no_other(archive, checked):
    desk, check = checked
    write, subject = archive.write_glosses, GlossSubject("check", check.id)
    first = write.write(desk, ANNA, subject, "Once.", "en")
    assert write.write(desk, ANNA, subject, "Twice.", "en").id == first.id
    write.write(desk, BORIS, subject, "Otherwise.", "en")
    found = write.find(desk, check_ids=[check.id])[check.id]
    assert [(one.text, one.by) for one in found] == [("Twice.", ANNA), ("Otherwise.", BORIS)]
    with pytest.raises(Conflict):
        write.remove(desk, BORIS, first.id)
    write.remove(desk, BORIS, first.id, others=True)
    assert [one.by for one in write.find(desk, check_ids=[check.id])[check.id]] == [BORIS]


def test_another_organisation_neither_sees_nor_writes(archive, checked):
    desk, check = checked
    gloss = archive.write_glosses.write(desk, ANNA, GlossSubject("check", check.id), "Ours.", "en")
    others = archive.manage_keys.organisation("others")
    assert archive.write_glosses.find(others, check_ids=[check.id]) == {}
    with pytest.raises(NotFound):
        archive.write_glosses.write(others, BORIS, GlossSubject("check", check.id), "Theirs.", "en")
    with pytest.raises(NotFound):
        archive.write_glosses.remove(others, BORIS, gloss.id, others=True)


def test_a_gloss_goes_with_the_decision_that_archives_its_text(archive, checked):
    desk, check = checked
    archive.write_glosses.write(desk, ANNA, GlossSubject("check", check.id), "Ours.", "en")
    confirmed = ReviewDraft("confirmed", match_id=check.matches[0].id, archive=True)
    done = archive.review_match(desk, ANNA, check.id, confirmed)
    [gloss] = archive.write_glosses.find(desk, [done.review.archived])[done.review.archived]
    assert gloss.subject == GlossSubject("statement", done.review.archived)
    archive.review_match.undo(desk, ANNA, check.id, done.review.id)
    assert archive.write_glosses.find(desk, [done.review.archived]) == {}


def test_a_wording_is_translated_once(archive, checked):
    desk, check = checked
    asked = []

    def translate(text, source, target):
        asked.append((text, source, target))
        return MachineTranslation("Übersetzt.", "P")

    write = WriteGlosses(archive.store, archive.write_glosses.clock, translate)
    subject = GlossSubject("check", check.id)
    assert write.translate(desk, ANNA, subject, "de") == write.translate(desk, BORIS, subject, "de")
    write.translate(desk, ANNA, subject, "uk")
    assert [target for _, _, target in asked] == ["de", "uk"]
    with pytest.raises(Conflict):
        archive.write_glosses.translate(desk, ANNA, subject, "fr")


def test_an_article_is_recognised_by_its_words_or_its_address_within_the_organisation(archive, checked):
    desk, _ = checked
    asked = DocumentRequest(
        text=f"A warning\n\nKarpov said: “{STAGED}”", url="https://www.news.example/a/?utm_source=x"
    )
    document = archive.check_document.check(archive.check_document.read(asked), asked, desk, by=ANNA)

    def known(text, url=None, organisation=desk):
        read = archive.check_document.read(DocumentRequest(text=text, url=url))
        return archive.check_document.known(read, organisation)

    again = known(asked.text.upper().replace("\n", " "))
    assert (again.id, again.by, again.same_text) == (document.id, "Anna", True)
    assert known("Something else was said.", "http://news.example/a").same_text is False
    assert known("Something else was said.", "http://news.example/b") is None
    assert known(asked.text, organisation=archive.manage_keys.organisation("others")) is None
