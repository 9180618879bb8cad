"""The administration pages: who may look, what is shown of whom, and what can be cancelled."""

import pytest
from builders import PASSWORD, STAGED, Browser, client, services, signed_in
from overview_data import DeskWithHistory
from starlette.testclient import TestClient

from app.domain.jobs.jobs import JobKind
from app.main import create_app

PLACES = ("organisations", "quotas", "jobs", "index", "scoring")


@pytest.fixture
def built(tmp_path):
    made = services(tmp_path, key_limit_per_hour=50)
    yield made
    made.store.close()


@pytest.mark.parametrize("place", PLACES)
def test_admins_alone_see_it(built, place):
    assert signed_in(built, "admin").get(f"/administration/{place}").status_code == 200
    for role in ("analyst", "reader"):
        assert signed_in(built, role).get(f"/administration/{place}").status_code == 403


def test_one_entry_in_the_menu_leads_to_all_of_it(built):
    browser = signed_in(built, "admin")
    page = browser.get("/overview").text
    assert 'href="/administration"' in page
    assert browser.get("/administration").headers["location"] == "/administration/organisations"
    tabs = browser.get("/administration/jobs").text
    for place in (*(f"/administration/{place}" for place in PLACES), "/people", "/keys", "/webhooks", "/audit"):
        assert f'href="{place}"' in tabs
    assert 'href="/administration"' not in signed_in(built, "analyst").get("/overview").text


def test_another_organisation_is_not_named(built):
    client(built, organisation="Secret society")
    assert "Secret society" not in signed_in(built, "admin").get("/administration/organisations").text
    built.manage_organisations.change("Desk", {"operator": True})
    assert "Secret society" in signed_in(built, "admin").get("/administration/organisations").text


def test_a_key_that_was_used_shows_how_much(built):
    assert client(built).get("/v1/narratives").status_code == 200
    page = signed_in(built, "admin").get("/administration/quotas").text
    assert 'value="1"' in page
    assert "1 of 50 used" in page


def test_a_job_is_cancelled_on_its_page_by_its_organisation_alone(built):
    answer = client(built).post(
        "/v1/imports", content=b'{"text": "One."}\n', headers={"Content-Type": "application/x-ndjson"}
    )
    assert answer.status_code == 202, answer.text
    job = answer.json()["id"]
    browser = signed_in(built, "admin")
    page = browser.get("/administration/jobs").text
    assert job in page
    assert "0 of 1" in page
    cancel = f"/administration/jobs/import/{job}/cancel"
    stranger = signed_in(built, "admin", "Others")
    assert job not in stranger.get("/administration/jobs").text
    assert stranger.post(cancel).status_code == 404
    assert signed_in(built, "analyst").post(cancel).status_code == 403
    assert browser.post(cancel).status_code == 303
    assert built.run_jobs.get(browser.user.organisation, JobKind.IMPORT, job).state == "cancelled"
    assert "The job was cancelled." in browser.get("/administration/jobs").text
    browser.post(cancel)
    assert "The job had ended already." in browser.get("/administration/jobs").text


def test_the_index_page_shows_what_readyz_says(built):
    browser = signed_in(built, "admin")
    page = browser.get("/administration/index").text
    state = browser.get("/readyz").json()
    for reason in state["reasons"]:
        assert reason in page
    assert built.encoder.name in page
    assert "faiss" in page


def test_the_audit_log_is_filtered_by_a_name(built):
    admin, other = signed_in(built, "admin"), signed_in(built, "admin", login="ivan")
    other.post("/keys", {"name": "of Ivan", "scopes": ["read"]})
    found = admin.get(f"/audit?action=key&actor={other.user.name}").text
    assert other.user.id in found
    assert "key.created" in found
    assert "key.created" not in admin.get(f"/audit?action=key&actor={admin.user.name}").text


def test_the_plot_of_thresholds_stands_on_reviews(built):
    desk = DeskWithHistory(built)
    browser = signed_in(built, "admin")
    assert "Nothing was flagged yet." in browser.get("/administration/scoring").text
    check = desk.flag("An attack is staged.", desk.statement("It was staged.", 3), 1, score=0.97)
    assert "No flag has been reviewed yet" in browser.get("/administration/scoring").text
    desk.judge(check, desk.analyst(), "confirmed")
    page = browser.get("/administration/scoring").text
    assert "It stands on 1 reviewed flag of 1." in page
    assert "Fewer than 30" in page


def test_the_operators_admins_close_an_organisation_and_open_it_again(built):
    paper, member = client(built, organisation="Evening paper"), signed_in(built, "admin", "Evening paper")
    feed = paper.post("/v1/feeds", json={"name": "Reader"}).json()["json_url"]
    organisation = paper.get("/v1/me").json()["organisation"]["id"]
    paper.post("/v1/statements", json={"text": STAGED, "said_at": "2021-04-24"})
    address = f"/administration/organisations/{organisation}"
    assert signed_in(built, "admin").post(f"{address}/close").status_code == 404
    built.manage_organisations.change("Desk", {"operator": True})
    admin, reader = signed_in(built, "admin"), TestClient(create_app(built))
    assert member.post(f"{address}/close").status_code == 403
    assert reader.get(feed).status_code == 200
    closed = admin.post(f"{address}/close")
    assert closed.status_code == 303
    page = admin.get("/administration/organisations").text
    assert "Evening paper is closed." in page
    assert f'action="{address}/reopen"' in page
    assert paper.get("/v1/me").status_code == 401
    assert reader.get(feed).status_code == 404
    assert member.get("/overview").headers["location"].startswith("/sign-in")
    again = Browser(create_app(built)).post("/sign-in", data={"login": member.user.login, "password": PASSWORD})
    assert again.status_code == 422 or "session" not in again.headers.get("set-cookie", "")
    own = admin.user.organisation.id
    admin.post(f"/administration/organisations/{own}/close")
    assert "stays open" in admin.get("/administration/organisations").text
    assert "White Helmets" in client(built).get("/v1/statements").text
    assert admin.post(f"{address}/reopen").status_code == 303
    assert (paper.get("/v1/me").status_code, reader.get(feed).status_code) == (200, 200)
    actions = [entry["action"] for entry in client(built).get("/v1/audit?subject_kind=organisation").json()["items"]]
    assert actions[:2] == ["organisation.reopened", "organisation.closed"]


def test_what_a_closed_organisation_had_under_way_waits(built):
    client(built)
    paper = client(built, organisation="Evening paper")
    sent = paper.post("/v1/imports", content=b'{"text": "One."}\n', headers={"Content-Type": "application/x-ndjson"})
    built.manage_organisations.close("Evening paper")
    built.run_jobs(sent.json()["id"], 0)
    with built.store.reading() as tx:
        assert tx.jobs.stalled(built.run_jobs.clock()) == []
    built.manage_organisations.reopen("Evening paper")
    built.run_jobs(sent.json()["id"], 0)
    assert paper.get(f"/v1/imports/{sent.json()['id']}").json()["state"] == "done"


def test_keys_of_the_operator_close_an_organisation(built):
    paper = client(built, organisation="Evening paper")
    address = f"/v1/organisations/{paper.get('/v1/me').json()['organisation']['id']}"
    built.manage_organisations.create("House", operator=True)
    operator = client(built, organisation="House")
    assert paper.patch(address, json={"closed": True}).status_code == 403
    assert operator.patch(address, json={"closed": True}).json()["closed_at"]
    assert paper.get("/v1/me").status_code == 401
    assert operator.patch(address, json={"closed": None}).status_code == 422
    assert operator.patch(address, json={"closed": False}).json()["closed_at"] is None
    assert paper.get("/v1/me").status_code == 200
    own = f"/v1/organisations/{operator.get('/v1/me').json()['organisation']['id']}"
    assert operator.patch(own, json={"closed": True}).status_code == 409


def test_a_job_that_failed_is_tried_again_on_its_page(built):
    sent = client(built).post(
        "/v1/imports", content=b'{"text": "One."}\n', headers={"Content-Type": "application/x-ndjson"}
    )
    address = f"/administration/jobs/import/{sent.json()['id']}/retry"
    admin = signed_in(built, "admin")
    admin.post(address)
    assert "did not fail" in admin.get("/administration/jobs").text
    real = built.run_jobs.work[JobKind.IMPORT]
    built.run_jobs.work[JobKind.IMPORT] = None
    for _ in range(5):
        built.run_jobs(sent.json()["id"], 0)
    built.run_jobs.work[JobKind.IMPORT] = real
    assert f'action="{address}"' in admin.get("/administration/jobs").text
    stranger = signed_in(built, "admin", "Other")
    assert stranger.post(address).status_code == 404
    assert admin.post(address).status_code == 303
    assert "is tried again" in admin.get("/administration/jobs").text
    built.run_jobs(sent.json()["id"], 0)
    assert client(built).get(f"/v1/imports/{sent.json()['id']}").json()["state"] == "done"


def test_the_audit_log_is_filtered_by_kind_of_object(built):
    admin = signed_in(built, "admin")
    client(built).post("/v1/statements", json={"text": STAGED})
    page = admin.get("/audit?kind=statement").text
    assert "statement.created" in page
    assert "account.signed_in" not in page
    assert '<option value="statement" selected>Statements</option>' in page
    assert "account.signed_in" in admin.get("/audit?kind=account").text
