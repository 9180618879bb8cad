"""A narrative down the years: its appearances, how often it came, and the ledger of what it predicted."""

import pytest
from builders import GRAIN, STAGED, STAGED_ELSEWHERE, client

NARRATIVE = "A staged chemical attack is being prepared"
DONE = "The attack in Douma was staged by actors."


@pytest.fixture
def narrative(desk):
    """The id of a narrative."""
    return desk.post("/v1/narratives", json={"title": NARRATIVE}).json()["id"]


@pytest.fixture
def record_under(record, narrative):
    """Puts a statement of the narrative on record; its id."""

    def put(text=STAGED, said_at=None, **fields):
        return record(text, said_at, narratives=[narrative], **fields)["id"]

    return put


@pytest.fixture
def timeline(desk, narrative):
    """The narrative's timeline."""

    def read(**parameters):
        answer = desk.get(f"/v1/narratives/{narrative}/timeline", params=parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()

    return read


@pytest.fixture
def find_out(desk):
    """Records the outcome of a statement's prediction."""

    def put(statement, outcome, publisher="Example Fact Check", **fields):
        body = {"statement": statement, "verdict": "checked", "publisher": publisher, "outcome": outcome, **fields}
        answer = desk.post("/v1/findings", json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    return put


def dates(answer):
    return [entry["said_at"] for entry in answer["items"]]


def test_a_timeline_is_in_order_of_time_with_undated_ones_last(record_under, timeline):
    for said_at in ("2021-04-24", None, "2018-08", "2020-02-04"):
        record_under(f"{STAGED} Said {said_at}.", said_at)
    answer = timeline()
    assert dates(answer) == ["2018-08", "2020-02-04", "2021-04-24", None]
    assert answer["recurrence"] == {
        "count": 3, "first_said_at": "2018-08", "last_said_at": "2021-04-24", "gaps_days": [522, 445],
        "days_since_last": 29, "typical_interval_days": 484, "said_before": None,
    }  # fmt: skip


def test_the_same_text_speaker_and_day_is_one_appearance_with_a_count(record_under, timeline):
    record_under(STAGED, "2021-04-24", external_id="1", speaker="A")
    record_under(STAGED, "2021-04-24T10:00:00Z", external_id="2", speaker="A")
    record_under(STAGED, "2021-04-24", external_id="3", speaker="B")
    answer = timeline()
    assert [(entry["speaker"], entry["sightings"]) for entry in answer["items"]] == [("A", 2), ("B", 1)]
    assert answer["recurrence"]["count"] == answer["predictions"]["count"] == 2


def test_a_timeline_comes_in_pages(record_under, timeline):
    for day in range(1, 6):
        record_under(f"{STAGED} {day}", f"2021-04-0{day}")
    first = timeline(limit=2)
    second = timeline(limit=2, cursor=first["next_cursor"])
    third = timeline(limit=2, cursor=second["next_cursor"])
    assert dates(first) + dates(second) + dates(third) == [f"2021-04-0{day}" for day in range(1, 6)]
    assert third["next_cursor"] is None
    assert third["recurrence"]["count"] == 5


def test_a_timeline_is_that_of_the_narrative_alone_unless_those_below_are_asked_for(
    desk, narrative, record_under, timeline, record
):
    below = desk.post("/v1/narratives", json={"title": "In Hama", "parent": narrative}).json()["id"]
    record_under(STAGED, "2021-04-01")
    record(STAGED_ELSEWHERE, "2021-04-02", narratives=[below])
    assert dates(timeline()) == ["2021-04-01"]
    assert dates(timeline(include_children=True)) == ["2021-04-01", "2021-04-02"]


def test_withdrawn_ones_are_left_out_but_for_a_day_before(desk, clock, record_under, timeline):
    gone = record_under(STAGED, "2021-04-01")
    clock.advance(days=2)
    desk.delete(f"/v1/statements/{gone}")
    assert dates(timeline()) == []
    [entry] = timeline(known_at="2021-05-24")["items"]
    assert (entry["id"], entry["withdrawn"]) == (gone, True)
    assert dates(timeline(known_at="2021-05-22")) == []


def test_an_unknown_narrative_and_another_ones_cursor_are_refused(desk, timeline, narrative):
    assert desk.get("/v1/narratives/none/timeline").status_code == 404
    assert desk.get(f"/v1/narratives/{narrative}/timeline", params={"cursor": "!"}).status_code == 422


def test_private_appearances_are_their_owners_alone(archive, record_under, timeline, narrative):
    record_under(STAGED, "2021-04-01", private=True)
    assert dates(timeline()) == ["2021-04-01"]
    other = client(archive, organisation="Another desk")
    answer = other.get(f"/v1/narratives/{narrative}/timeline").json()
    assert (answer["items"], answer["recurrence"]["count"], answer["predictions"]["count"]) == ([], 0, 0)


def test_a_prediction_is_open_until_its_window_has_passed_and_then_expired(record_under, timeline):
    record_under("Militants are preparing an attack.", "2021-05-01")
    record_under("Militants will attack within two days.", "2021-05-02")
    record_under(DONE, "2021-05-03")
    answer = timeline()
    shown = [
        (one["until"], one["status"]["label"]) if one else None for one in (e["prediction"] for e in answer["items"])
    ]
    assert shown == [(None, "open"), ("2021-05-04", "expired"), None]
    assert answer["items"][1]["prediction"]["window"]["exact"] == "within two days"
    assert answer["predictions"] == {
        "count": 2, "since": "2021-05-01", "happened": 0, "did_not_happen": 0, "unknown": 0, "disputed": 0,
        "expired": 1, "open": 1,
    }  # fmt: skip


def test_a_prediction_without_a_date_is_expired_after_the_horizon(record_under, timeline):
    record_under("Militants are preparing an attack.", "2021-02-21")  # ninety days before the last day that has ended
    record_under("Militants are preparing another attack.", "2021-02-22")
    labels = [entry["prediction"]["status"]["label"] for entry in timeline()["items"]]
    assert labels == ["expired", "open"]


def test_a_recorded_outcome_settles_a_prediction_with_its_evidence(desk, record_under, timeline, find_out, narrative):
    happened, not_happened, disputed, unknown = (record_under(f"{STAGED} {n}", f"2021-01-0{n}") for n in range(1, 5))
    find_out(happened, "happened", outcome_url="https://example.org/evidence")
    find_out(not_happened, "unknown")
    find_out(not_happened, "did_not_happen", publisher="Another")
    find_out(disputed, "happened")
    find_out(disputed, "did_not_happen", publisher="Another")
    find_out(unknown, "unknown")
    answer = timeline()
    labels = [entry["prediction"]["status"]["label"] for entry in answer["items"]]
    assert labels == ["happened", "did_not_happen", "disputed", "unknown"]
    evidence = answer["items"][0]["prediction"]["status"]["evidence"]
    assert (evidence["outcome"], evidence["outcome_url"]) == ("happened", "https://example.org/evidence")
    one = desk.get(f"/v1/narratives/{narrative}").json()["predictions"]
    assert one == answer["predictions"]
    assert (one["happened"], one["did_not_happen"], one["disputed"], one["unknown"], one["open"]) == (1, 1, 1, 1, 0)


def test_of_one_publisher_the_last_word_counts(record_under, timeline, find_out, clock):
    statement = record_under(STAGED, "2021-01-01")
    find_out(statement, "happened")
    clock.advance(days=1)
    find_out(statement, "did_not_happen")
    assert timeline()["items"][0]["prediction"]["status"]["label"] == "did_not_happen"


def test_a_finding_about_the_narrative_settles_no_single_prediction(desk, narrative, record_under, timeline):
    record_under(STAGED, "2021-05-01")
    body = {"narrative": narrative, "verdict": "unfounded", "outcome": "did_not_happen"}
    assert desk.post("/v1/findings", json=body).json()["outcome"] == "did_not_happen"
    assert timeline()["predictions"]["open"] == 1


def test_an_outcome_learned_later_is_not_known_before(record_under, timeline, find_out, clock, check):
    statement = record_under(STAGED, "2021-05-01")
    clock.advance(days=2)
    find_out(statement, "did_not_happen")
    assert timeline()["predictions"]["did_not_happen"] == 1
    assert timeline(known_at="2021-05-24")["predictions"]["open"] == 1
    assert check(STAGED)["matches"][0]["precedent"]["prediction"]["status"]["label"] == "did_not_happen"
    then = check(STAGED, known_at="2021-05-24")
    assert then["matches"][0]["precedent"]["prediction"]["status"]["label"] == "open"
    assert then["narratives"][0]["predictions"]["open"] == 1


@pytest.mark.parametrize("outcome", ["maybe", "", 1])
def test_an_outcome_that_is_none_is_refused(desk, record_under, outcome):
    body = {"statement": record_under(), "verdict": "checked", "outcome": outcome}
    answer = desk.post("/v1/findings", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/outcome")


def test_the_same_finding_with_another_outcome_is_another(desk, record_under, find_out):
    statement = record_under()
    one = find_out(statement, "unknown")
    other = find_out(statement, "happened")
    assert one["id"] != other["id"]


def test_a_check_tells_what_it_predicts_and_the_past_of_the_narratives_of_its_matches(
    check, record_under, record, narrative
):
    record_under(STAGED, "2021-04-24", speaker="A")
    record_under(STAGED, "2021-02", external_id="2")
    record_under(DONE, "2019-01-01")
    record_under(STAGED, None, external_id="undated")
    record_under(STAGED, "2021-05-23", external_id="the same day")
    record(GRAIN, "2020-01-01")
    answer = check("The White Helmets are about to stage a chemical attack in Idlib.", minimum_tier="any", limit=50)
    assert (answer["prediction"]["window"]["exact"], answer["prediction"]["until"]) == ("about to", "2021-06-06")
    assert answer["prediction"]["status"] is None
    answer = check(STAGED)
    [history] = answer["narratives"]
    assert (history["id"], history["title"]) == (narrative, NARRATIVE)
    assert history["recurrence"]["count"] == 3
    assert history["recurrence"]["first_said_at"] == "2019-01-01"
    assert history["recurrence"]["last_said_at"] == "2021-04-24"
    assert (history["predictions"]["count"], history["predictions"]["since"]) == (2, "2021-02")


def test_a_checks_narratives_follow_every_change(check, desk, record_under):
    first = record_under(STAGED, "2021-01-01")
    assert check(STAGED)["narratives"][0]["recurrence"]["count"] == 1
    second = record_under(STAGED_ELSEWHERE, "2021-01-02")
    assert check(STAGED)["narratives"][0]["recurrence"]["count"] == 2
    desk.patch(f"/v1/statements/{second}", json={"narratives": []})
    assert check(STAGED)["narratives"][0]["recurrence"]["count"] == 1
    desk.delete(f"/v1/statements/{first}")
    assert check(STAGED)["narratives"] == []
