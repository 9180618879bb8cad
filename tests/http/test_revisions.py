"""The history of a statement: who changed what and when."""

from builders import GRAIN, STAGED, STAGED_ELSEWHERE, client


def history(desk, statement):
    answer = desk.get(f"/v1/statements/{statement['id']}/revisions")
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def test_revisions_have_author_time_and_values_before_and_after(desk, record, clock):
    narrative = desk.post("/v1/narratives", json={"title": "One"}).json()["id"]
    kept = record(STAGED, "2021-04-24")
    path = f"/v1/statements/{kept['id']}"
    clock.advance(days=1)
    desk.patch(path, json={"text": GRAIN, "speaker": "A", "narratives": [narrative]})
    clock.advance(days=1)
    desk.patch(path, json={"text": STAGED_ELSEWHERE})
    clock.advance(days=1)
    desk.delete(path)
    clock.advance(days=1)
    desk.patch(path, json={"withdrawn": False})
    revisions = history(desk, kept)
    assert [one["what"] for one in revisions] == ["restored", "withdrawn", "edited", "edited", "created"]
    assert [one["at"][:10] for one in revisions] == [f"2021-05-{day}" for day in (27, 26, 25, 24, 23)]
    assert {one["by"]["name"] for one in revisions} == {"of a test"}
    assert revisions[2]["changes"] == [{"name": "text", "before": GRAIN, "after": STAGED_ELSEWHERE}]
    first = {change["name"]: (change["before"], change["after"]) for change in revisions[3]["changes"]}
    assert first == {
        "text": (STAGED, GRAIN),
        "speaker": (None, "A"),
        "narratives": ([], [{"id": narrative, "title": "One"}]),
    }
    assert [change["name"] for change in revisions[1]["changes"]] == ["withdrawn_at"]


def test_what_was_sent_again_with_more_is_a_revision_and_the_same_again_is_none(desk, record):
    kept = record(STAGED, external_id="1")
    for _ in range(2):
        desk.post("/v1/statements", json={"text": STAGED, "external_id": "1", "speaker": "A"})
    revisions = history(desk, kept)
    assert [one["what"] for one in revisions] == ["edited", "created"]
    assert revisions[0]["changes"] == [{"name": "speaker", "before": None, "after": "A"}]


def test_what_was_imported_begins_with_a_creation_by_nobody_in_particular(archive, desk):
    from builders import draft

    [recorded] = archive.record_statements([draft(STAGED)])
    [created] = history(desk, {"id": recorded.statement.id})
    assert (created["what"], created["by"], created["changes"]) == ("created", None, [])


def test_what_a_review_filed_and_took_back_names_the_reviewer(desk, record, check):
    record(STAGED, "2021-04-24")
    flag = check(STAGED_ELSEWHERE)
    body = {"match_id": flag["matches"][0]["id"], "verdict": "confirmed", "archive": True}
    made = desk.post(f"/v1/flags/{flag['id']}/reviews", json=body)
    assert made.status_code == 201, made.text
    desk.delete(f"/v1/flags/{flag['id']}/reviews/{made.json()['id']}")
    revisions = history(desk, {"id": made.json()["archived"]})
    assert [(one["what"], one["by"]["name"]) for one in revisions] == [
        ("withdrawn", "of a test"),
        ("created", "of a test"),
    ]


def test_a_private_statements_history_is_its_owners_alone(archive, desk, record):
    kept = record(STAGED, private=True)
    other = client(archive, organisation="Another desk")
    assert other.get(f"/v1/statements/{kept['id']}/revisions").status_code == 404
    assert desk.get("/v1/statements/none/revisions").status_code == 404
