"""The audit log by HTTP: every change and every view of a text is in it, for those alone whom it concerns."""

import pytest
from builders import GRAIN, PASSWORD, STAGED, Browser, account, client, draft, signed_in

from app.main import create_app

SECRET_WORD = "Zyxomma"


@pytest.fixture
def entries(archive):
    """Entries so far, the oldest first, as (action, actor's kind, subject's id)."""

    def listed(**filters):
        archive.view_log.flush()
        with archive.store.reading() as tx:
            from app.services.audit.ports import AuditFilter

            return list(tx.audit.stream(AuditFilter(**filters)))

    return listed


def actions(entries):
    return [entry.action for entry in entries]


def test_each_change_by_a_key_is_an_entry_of_its_transaction(archive, desk, record, check, entries):
    key_id = desk.get("/v1/me").json()["key"]["id"]
    statement = record(STAGED, "2021-01-01")
    checked = check(STAGED)
    review = {"verdict": "confirmed", "match_id": checked["matches"][0]["id"]}
    assert desk.post(f"/v1/flags/{checked['id']}/reviews", json=review).status_code == 201
    desk.delete(f"/v1/statements/{statement['id']}", headers={"X-Request-Id": "the-third"})
    mine = [entry for entry in entries() if entry.actor_id == key_id]
    assert [(entry.action, entry.subject_id) for entry in mine] == [
        ("statement.created", statement["id"]),
        ("check.recorded", checked["id"]),
        ("review.confirmed", checked["id"]),
        ("statement.withdrawn", statement["id"]),
    ]
    assert {entry.actor_kind for entry in mine} == {"key"}
    assert mine[-1].request_id == "the-third"
    assert archive.audit.verify().fault is None


def test_a_change_that_fails_leaves_no_entry(desk, entries):
    before = len(entries())
    assert desk.delete("/v1/statements/nowhere").status_code == 404
    assert desk.post("/v1/findings", json={"statement": "nowhere", "verdict": "false"}).status_code == 422
    assert len(entries()) == before


def test_views_are_entries_and_no_request_waits_for_the_write_lock(archive, desk, record, check, entries):
    statement, checked = record(STAGED, "2021-01-01"), check(STAGED)
    browser = signed_in(archive)
    entries()
    with archive.store.writing():  # as long as an import holds the lock, reading goes on
        for path in (f"/v1/statements/{statement['id']}", f"/v1/checks/{checked['id']}", f"/v1/flags/{checked['id']}"):
            assert desk.get(path).status_code == 200
        for path in (f"/statements/{statement['id']}", f"/flags/{checked['id']}", f"/checks/{checked['id']}"):
            assert browser.get(path).status_code == 200
    seen = entries()[-6:]
    assert [(entry.action, entry.actor_kind) for entry in seen] == [
        ("statement.viewed", "key"),
        ("check.viewed", "key"),
        ("flag.viewed", "key"),
        ("statement.viewed", "account"),
        ("flag.viewed", "account"),
        ("check.viewed", "account"),
    ]
    assert {entry.actor_id for entry in seen[3:]} == {browser.user.id}


def test_a_list_of_statements_is_one_entry_a_request_with_its_number_of_rows(archive, desk, record, entries):
    for text in (STAGED, GRAIN):
        record(text, "2021-01-01")
    browser = signed_in(archive)
    lists = ("/v1/statements", "/v1/statements?limit=1", "/v1/search?q=attack&by=words", "/v1/search?q=grain&limit=1")
    for path in lists:
        assert desk.get(path).status_code == 200
    assert browser.get("/archive").status_code == 200
    seen = [entry for entry in entries() if entry.action == "statements.listed"]
    assert [(entry.actor_kind, entry.subject_id, entry.detail) for entry in seen] == [
        *(("key", None, {"count": count}) for count in (2, 1, 1, 1)),
        ("account", None, {"count": 2}),
    ]
    assert archive.audit.verify().fault is None


def test_a_served_application_writes_views_by_itself_and_at_its_stop(archive, desk, record):
    statement = record(STAGED)
    with desk:
        assert desk.get(f"/v1/statements/{statement['id']}").status_code == 200
    with archive.store.reading() as tx:
        from app.services.audit.ports import AuditFilter

        [seen] = tx.audit.find(AuditFilter(action="statement.viewed"), None, 10)
    assert seen.subject_id == statement["id"]


def test_sign_ins_and_refusals_are_entries_and_an_unknown_name_is_not_kept(archive, entries):
    user = account(archive, "reader")
    browser = Browser(create_app(archive))
    browser.post("/sign-in", {"login": user.login, "password": "wrong password, surely"})
    browser.post("/sign-in", {"login": SECRET_WORD, "password": "wrong password, surely"})
    browser.post("/sign-in", {"login": user.login, "password": PASSWORD})
    browser.post("/sign-out")
    assert [(entry.action, entry.actor_kind, entry.subject_id) for entry in entries()[-4:]] == [
        ("account.sign_in_refused", "nobody", user.id),
        ("account.sign_in_refused", "nobody", None),
        ("account.signed_in", "account", user.id),
        ("account.signed_out", "account", user.id),
    ]
    assert SECRET_WORD not in str(entries())


def test_no_entry_holds_a_text_or_a_name(archive, desk, record, check, entries):
    text = f"{SECRET_WORD} is preparing a staged chemical attack in Idlib to blame the government."
    record(text, "2021-01-01", speaker=f"{SECRET_WORD} Karpov", narratives=[])
    checked = check(text)
    assert desk.post(f"/v1/flags/{checked['id']}/notes", json={"text": f"ask {SECRET_WORD}"}).status_code == 201
    desk.post(f"/v1/flags/{checked['id']}/reviews", json={"verdict": "dismissed", "reason": SECRET_WORD})
    desk.post("/v1/keys", json={"name": SECRET_WORD, "scopes": ["read"]})
    account(archive, "reader", login=SECRET_WORD)
    assert len(entries()) > 6
    assert SECRET_WORD.casefold() not in str(entries()).casefold()


def test_admins_see_their_organisation_and_the_operator_sees_all(archive, desk):
    other = client(archive, organisation="Another desk")
    archive.manage_organisations.create("House", operator=True)
    operator = client(archive, organisation="House")
    ours = desk.post("/v1/keys", json={"name": "Plugin", "scopes": ["read"]}).json()["id"]
    theirs = other.post("/v1/keys", json={"name": "Plugin", "scopes": ["read"]}).json()["id"]

    def subjects(caller, query=""):
        answer = caller.get(f"/v1/audit?action=key.created&limit=100{query}")
        assert answer.status_code == 200, answer.text
        return {entry["subject"]["id"] for entry in answer.json()["items"]}

    assert ours in subjects(desk)
    assert theirs not in subjects(desk)
    their_organisation = other.get("/v1/me").json()["organisation"]["id"]
    assert theirs not in subjects(desk, f"&organisation={their_organisation}")
    assert {ours, theirs} <= subjects(operator)
    assert theirs in subjects(operator, f"&organisation={their_organisation}")
    assert ours not in subjects(operator, f"&organisation={their_organisation}")
    assert client(archive, "read").get("/v1/audit").status_code == 403


def test_entries_are_filtered_and_paged(archive, desk, clock):
    made = []
    for _ in range(5):
        made.append(desk.post("/v1/keys", json={"name": "Plugin", "scopes": ["read"]}).json()["id"])
        clock.advance(hours=24)
    me = desk.get("/v1/me").json()["key"]["id"]
    first = desk.get(f"/v1/audit?actor={me}&action=key&limit=3").json()
    second = desk.get(f"/v1/audit?actor={me}&action=key&limit=3&cursor={first['next_cursor']}").json()
    assert [entry["subject"]["id"] for entry in first["items"] + second["items"]] == made[::-1]
    assert second["next_cursor"] is None
    within = desk.get(f"/v1/audit?actor={me}&from=2021-05-24&to=2021-05-25").json()["items"]
    assert [entry["subject"]["id"] for entry in within] == [made[2], made[1]]
    [one] = desk.get(f"/v1/audit?subject={made[0]}").json()["items"]
    assert one["actor"] == {"kind": "key", "id": me, "name": "of a test"}
    assert desk.get("/v1/audit?action=ke").json()["items"] == []
    assert desk.get("/v1/audit?from=soon").status_code == 422


def test_the_page_shows_admins_the_log_and_filters_it(archive):
    admin = signed_in(archive, "admin")
    for number in range(55):
        archive.record_statements([draft(f"Statement number {number}.")])
    archive.manage_keys.create("<b>Plugin</b>", ["read"], "", by=admin.user)
    page = admin.get("/audit")
    assert page.status_code == 200
    assert "key.created" in page.text
    assert "&lt;b&gt;Plugin" in page.text
    filtered = admin.get("/audit?action=account.signed_in&from=2021-05-01&to=")
    assert "account.signed_in" in filtered.text
    assert "key.created" not in filtered.text
    assert admin.get("/audit?from=soon").status_code == 422
    assert signed_in(archive, "analyst").get("/audit").status_code == 403


def test_an_import_is_written_by_its_job_for_its_organisation(archive, desk, entries):
    job = desk.post(
        "/v1/imports", content=b'{"text": "Grain exports rose by ten percent.", "narratives": ["Exports"]}\n',
        headers={"Content-Type": "application/x-ndjson"},
    ).json()  # fmt: skip
    archive.run_jobs(job["id"], 0)
    created, narrative, recorded = entries()[-3:]
    assert (narrative.action, narrative.actor_kind, narrative.actor_id) == ("narrative.created", "job", job["id"])
    assert narrative.subject_id == desk.get("/v1/narratives").json()["items"][0]["id"]
    assert (created.action, created.actor_kind, created.subject_id) == ("job.created", "key", job["id"])
    assert (recorded.action, recorded.actor_kind, recorded.actor_id) == ("statement.created", "job", job["id"])
    assert created.organisation_id == recorded.organisation_id == desk.get("/v1/me").json()["organisation"]["id"]
