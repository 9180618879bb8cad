"""The administration pages: who may look, what is shown of whom, and what can be cancelled."""

import pytest
from builders import client, services, signed_in
from overview_data import DeskWithHistory

from app.domain.jobs.jobs import JobKind

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
