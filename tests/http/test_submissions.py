"""A statement that is sent again is the same record, seen once more."""

from builders import STAGED, client


def test_three_clients_that_send_the_same_leave_one_record_with_three_sightings(archive, clock):
    callers = [client(archive, organisation=name) for name in ("One", "Two", "Three")]
    answers = []
    for number, caller in enumerate(callers):
        source = {"name": f"Paper {number}", "url": f"https://example.org/{number}"}
        answers.append(caller.post("/v1/statements", json={"text": STAGED, "said_at": "2021", "source": source}))
        clock.advance(seconds=1)
    assert [answer.status_code for answer in answers] == [201, 200, 200]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert [answer.json()["sightings"]["count"] for answer in answers] == [1, 2, 3]
    [listed] = callers[0].get("/v1/statements").json()["items"]
    assert listed == callers[0].get(f"/v1/statements/{listed['id']}").json()
    seen = listed["sightings"]["latest"]
    assert [one["source"]["name"] for one in seen] == ["Paper 2", "Paper 1", "Paper 0"]
    assert [one["seen_at"] for one in seen] == sorted((one["seen_at"] for one in seen), reverse=True)


def test_a_retry_is_no_sighting(desk):
    for _ in range(3):
        answer = desk.post("/v1/statements", json={"text": STAGED}, headers={"Idempotency-Key": "one"})
        assert (answer.status_code, answer.json()["sightings"]["count"]) == (201, 1)
    assert desk.post("/v1/statements", json={"text": STAGED}).json()["sightings"]["count"] == 2


def test_the_latest_ten_are_listed_and_all_are_counted(desk):
    for _ in range(12):
        answer = desk.post("/v1/statements", json={"text": STAGED})
    assert (answer.json()["sightings"]["count"], len(answer.json()["sightings"]["latest"])) == (12, 10)


def test_a_withdrawn_statement_is_not_seen_again(desk):
    statement = desk.post("/v1/statements", json={"text": STAGED}).json()
    desk.delete(f"/v1/statements/{statement['id']}")
    assert desk.post("/v1/statements", json={"text": STAGED}).status_code == 409
    assert desk.get(f"/v1/statements/{statement['id']}").json()["sightings"]["count"] == 1
