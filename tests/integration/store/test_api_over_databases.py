"""What a database, and not only our code, has to say about odd requests: the API over each of them."""

import pytest
from builders import STAGED, client

from app.domain.exports.formats import ExportFormat


@pytest.fixture
def desk(archive):
    return client(archive)


@pytest.mark.parametrize("odd", ["%00", "%F0%9F%92%A9", "%FF%FE", "'; DROP TABLE checks; --", "x" * 5_000, "%E2%80%AE"])
@pytest.mark.parametrize("kind", ["statements", "narratives", "findings", "checks"])
def test_an_id_with_odd_characters_is_a_404(desk, kind, odd):
    assert desk.get(f"/v1/{kind}/{odd}").status_code == 404


@pytest.mark.parametrize("kind", ["statements", "findings"])
def test_deleting_an_odd_id_is_a_404(desk, kind):
    assert desk.delete(f"/v1/{kind}/%00").status_code == 404


def long_name(length):
    """A name that does not compress: what a database indexes has a size of its own."""
    return "".join(chr(0x10000 + (number * 7919) % 60_000) for number in range(length))


@pytest.mark.parametrize(
    "fields",
    [{"speaker": long_name(2_000)}, {"source": {"name": long_name(2_000)}}, {"title": long_name(2_000)},
     {"external_id": long_name(500)}, {"source": {"url": "https://example.org/" + long_name(1_900)}}],
    ids=lambda fields: next(iter(fields)),
)  # fmt: skip
def test_the_longest_fields_are_taken_or_refused(desk, fields):
    answer = desk.post("/v1/statements", json={"text": STAGED, **fields})
    assert answer.status_code in (201, 422), answer.text
    if answer.status_code == 201:
        assert desk.get(f"/v1/statements/{answer.json()['id']}").json() == answer.json()


@pytest.mark.parametrize("fields", [{}, {"external_id": long_name(500)}])
def test_the_longest_title_of_a_narrative_is_taken_or_refused(desk, fields):
    answer = desk.post("/v1/narratives", json={"title": long_name(2_000), **fields})
    assert answer.status_code in (201, 422), answer.text


def test_the_first_and_the_last_dates_are_stored_and_compared(desk):
    for said_at in ("0001", "0001-01-01T00:00:00Z", "9999", "9999-12-31T23:59:59.999999Z"):
        answer = desk.post("/v1/statements", json={"text": STAGED, "said_at": said_at})
        assert (answer.status_code, answer.json()["said_at"]) == (201, said_at)
    found = desk.post("/v1/checks", json={"text": STAGED, "said_at": "9999", "known_at": "9999"}).json()
    assert {match["precedent"]["said_at"] for match in found["matches"]} == {"0001", "0001-01-01T00:00:00Z"}
    found = desk.post("/v1/checks", json={"text": STAGED, "said_at": "0001", "known_at": "0001"}).json()
    assert found["matches"] == []


def test_the_last_cursor_there_can_be_is_the_whole_list(desk):
    desk.post("/v1/statements", json={"text": STAGED})
    answer = desk.get("/v1/statements", params={"cursor": "OTIyMzM3MjAzNjg1NDc3NTgwNw"})
    assert len(answer.json()["items"]) == 1


def test_exports_and_feeds_hold_the_first_and_the_last_dates(desk):
    desk.post("/v1/narratives", json={"title": "At all times"})
    for said_at in ("0001", "0001-01-01T00:00:00Z", "2021-05", "9999", "9999-12-31T23:59:59.999999Z"):
        desk.post("/v1/statements", json={"text": STAGED, "said_at": said_at, "narratives": ["At all times"]})
    feed = desk.post("/v1/feeds", json={"name": "Reader", "narrative": "At all times"}).json()
    assert len(desk.get(feed["json_url"]).json()["items"]) == 5
    for export_format in ExportFormat:
        answer = desk.get(f"/v1/exports/{export_format}", params={"narrative": "At all times"})
        assert answer.status_code == 200, answer.text
        assert answer.text.count(STAGED) >= (0 if "claimreview" in export_format else 5)
    assert desk.delete(f"/v1/feeds/{feed['id']}").status_code == 204
    assert desk.get(feed["json_url"]).status_code == 404
