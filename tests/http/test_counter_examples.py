"""`/v1/narratives/{id}/counter-examples`: texts that look like a narrative and are not."""

import pytest
from builders import GRAIN, STAGED, STAGED_ELSEWHERE


@pytest.fixture
def script(desk, record):
    """The address of the counter-examples of a narrative that has one statement."""
    narrative = desk.post("/v1/narratives", json={"title": "Staged attacks"}).json()["id"]
    record(STAGED_ELSEWHERE, "2021-04-24", narratives=[narrative])
    return f"/v1/narratives/{narrative}/counter-examples"


def test_what_is_as_close_to_a_counter_example_is_not_flagged_for_the_narrative(desk, check, script):
    assert check(STAGED)["flagged"] is True
    made = desk.post(script, json={"text": STAGED})
    assert (made.status_code, made.json()["language"]) == (201, "en")
    answer = check(STAGED)
    assert (answer["flagged"], answer["matches"][0]["tier"]) == (False, "same_topic")
    assert answer["recurrence"]["count"] == 0
    assert check(STAGED, minimum_tier="same_script")["matches"] == []
    assert check(STAGED_ELSEWHERE)["flagged"] is True
    desk.delete(f"{script}/{made.json()['id']}")
    assert check(STAGED)["flagged"] is True


def test_a_precedent_of_another_narrative_or_of_none_is_flagged_as_before(desk, check, record, script):
    desk.post(script, json={"text": STAGED})
    record(STAGED_ELSEWHERE, "2021-04-20")
    answer = check(STAGED)
    assert answer["flagged"] is True
    assert {match["tier"] for match in answer["matches"]} == {"same_topic", "same_script"}


def test_a_counter_example_is_not_known_before_it_was_made(desk, check, script, clock):
    clock.advance(days=1)
    desk.post(script, json={"text": STAGED})
    assert check(STAGED)["flagged"] is False
    assert check(STAGED, known_at="2021-05-23")["flagged"] is True


def test_the_same_one_is_kept_once_and_comes_back_after_its_removal(desk, script):
    first = desk.post(script, json={"text": STAGED, "language": "EN"})
    again = desk.post(script, json={"text": STAGED.replace(" ", "  ", 1)})
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    for _ in range(2):
        assert desk.delete(f"{script}/{first.json()['id']}").status_code == 204
    assert desk.get(script).json()["items"] == []
    assert desk.post(script, json={"text": STAGED}).status_code == 201
    assert len(desk.get(script).json()["items"]) == 1


def test_they_are_listed_the_newest_first_page_by_page(desk, script):
    for text in ("One.", "Two.", "Three."):
        desk.post(script, json={"text": text})
    first = desk.get(script, params={"limit": 2}).json()
    second = desk.get(script, params={"limit": 2, "cursor": first["next_cursor"]}).json()
    assert [one["text"] for one in first["items"] + second["items"]] == ["Three.", "Two.", "One."]
    assert second["next_cursor"] is None


def test_what_is_not_there_is_a_404(desk, script):
    made = desk.post(script, json={"text": STAGED}).json()["id"]
    nothing = "/v1/narratives/nothing/counter-examples"
    assert desk.post(nothing, json={"text": STAGED}).status_code == 404
    assert desk.get(nothing).status_code == 404
    assert desk.delete(f"{script}/nothing").status_code == 404
    other = desk.post("/v1/narratives", json={"title": "Other"}).json()["id"]
    assert desk.delete(f"/v1/narratives/{other}/counter-examples/{made}").status_code == 404
    assert len(desk.get(script).json()["items"]) == 1


@pytest.mark.parametrize(
    ("body", "pointer"),
    [({}, "/text"), ({"text": " "}, "/text"), ({"text": "x" * 5_001}, "/text"), ({"text": "nul \x00"}, "/text"),
     ({"text": GRAIN, "language": "klingon"}, "/language"), ({"text": GRAIN, "reason": "x"}, "/reason")],
)  # fmt: skip
def test_a_wrong_field_is_pointed_at(desk, script, body, pointer):
    answer = desk.post(script, json=body)
    assert (answer.status_code, [one["pointer"] for one in answer.json()["errors"]]) == (422, [pointer])
