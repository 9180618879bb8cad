"""Predictions over HTTP: what is refused, and with which words."""

import pytest
from builders import services, signed_in
from fakes import HeldClock
from overview_data import UNDATED, DeskWithHistory


@pytest.fixture
def built(tmp_path):
    made = services(tmp_path, clock=HeldClock())
    yield made
    made.store.close()


@pytest.fixture
def statement(built):
    return DeskWithHistory(built).statement(UNDATED.format(1), 100)


def settled(browser, statement_id, **fields):
    return browser.post(f"/predictions/{statement_id}/outcome", {"outcome": "happened", **fields})


def test_what_happened_needs_a_source_and_keeps_what_was_typed(built, statement):
    browser = signed_in(built)
    answer = settled(browser, statement.id, publisher="The Other")
    assert answer.status_code == 422
    assert "needs a source" in answer.text
    assert "The Other" in answer.text
    for wrong in ({"url": "javascript:alert(1)"}, {"url": "https://one.example", "published_at": "when?"}):
        assert settled(browser, statement.id, **wrong).status_code == 422
    assert settled(browser, statement.id, outcome="perhaps", url="https://one.example").status_code == 422
    assert built.edit_finding.find(None, None, None, 5) == []


def test_a_second_outcome_is_not_recorded_over_the_first(built, statement):
    browser = signed_in(built)
    assert settled(browser, statement.id, url="https://one.example/").status_code == 303
    answer = settled(signed_in(built), statement.id, url="https://two.example/")
    assert answer.status_code == 303
    assert len(built.edit_finding.find(None, None, None, 5)) == 1


def test_readers_and_others_are_refused(built, statement):
    assert settled(signed_in(built, "reader"), statement.id, url="https://one.example").status_code == 403
    assert settled(signed_in(built), "no-such-id", url="https://one.example").status_code == 404
    plain = DeskWithHistory(built).statement("It rained.", 100)
    assert settled(signed_in(built), plain.id, url="https://one.example").status_code == 404


def test_the_status_on_the_page_of_the_statement_agrees(built, statement):
    assert "its time has passed, nothing recorded" in signed_in(built).get(f"/statements/{statement.id}").text


def test_addresses_that_say_nonsense_are_refused_or_lead_back(built, statement):
    browser = signed_in(built)
    assert browser.get("/predictions?listed=ever").status_code in (400, 422)
    assert browser.get("/predictions?page=3").headers["location"] == "/predictions?page=2"
    assert browser.get("/?flagged_on=soon&state=any").status_code == 200
    assert "Write a day as" in browser.get("/?flagged_on=soon&state=any").text
