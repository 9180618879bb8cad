"""Webhooks on their page: made with a secret that is shown once, tested, changed, paused, and deleted when asked."""

import re

import pytest
from builders import draft, services, signed_in

TYPED = {
    "url": "http://127.0.0.1:9/hook",
    "description": "The desk's chat",
    "format": "slack",
    "events": ["flag.created"],
}


@pytest.fixture
def built(tmp_path):
    made = services(tmp_path, webhook_allowed_hosts="127.0.0.1")
    yield made
    made.store.close()


@pytest.fixture
def admin(built):
    return signed_in(built, "admin")


@pytest.fixture
def address(admin):
    made = admin.post("/webhooks", TYPED)
    assert made.status_code == 201
    return re.search(r'action="(/webhooks/[^"/]+)', made.text)[1]


def test_its_secret_is_shown_once(admin, address):
    made = admin.post("/webhooks", {**TYPED, "format": "cloudevents"})
    assert "whsec_" in made.text
    assert "whsec_" not in admin.get(address).text + admin.get("/webhooks").text
    assert "messages in Slack" in admin.get(address).text
    turned = admin.post(f"{address}/rotate")
    assert "whsec_" in turned.text


def test_what_cannot_be_is_said_at_its_field_and_kept(admin):
    answer = admin.post("/webhooks", {"url": "http://10.0.0.1/hook", "description": "kept", "format": "slack"})
    assert answer.status_code == 422
    assert "Choose at least one event." in answer.text
    assert 'value="kept"' in answer.text
    assert '<option value="slack" selected>' in answer.text
    refused = admin.post("/webhooks", {**TYPED, "url": "http://10.0.0.1/hook"})
    assert refused.status_code == 422
    assert 'id="url-error"' in refused.text
    assert admin.post("/webhooks", {**TYPED, "format": "fax"}).status_code == 422


def test_it_is_tested_changed_paused_and_resumed(built, admin, address):
    assert admin.post(f"{address}/test").status_code == 303
    assert "webhook.test" in admin.get(address).text
    changed = {**TYPED, "events": ["flag.created", "job.finished"], "description": ""}
    assert admin.post(address, changed).status_code == 303
    with built.store.reading() as tx:
        known = tx.webhooks.by_id(admin.user.organisation, address.rsplit("/", 1)[1])
    assert [event.value for event in known.events] == ["flag.created", "job.finished"]
    assert known.description is None
    admin.post(f"{address}/pause")
    page = admin.get(address).text
    assert "This webhook is disabled" in page
    assert f"{address}/resume" in page
    admin.post(f"{address}/test")
    assert "Resume it first" in admin.get(address).text
    admin.post(f"{address}/resume")
    assert "This webhook is disabled" not in admin.get(address).text


def test_it_is_limited_to_narratives_and_says_which_line_is_none(built, admin, address):
    built.record_statements([draft("One.", narratives=["Grain"]), draft("Other.", narratives=["Labs"])])
    grain, labs = (built.edit_narrative.resolve(title) for title in ("Grain", "Labs"))
    limited = {**TYPED, "events": ["narrative.warning"], "narratives": f"Grain\r\n\r\n {labs.id} "}
    assert admin.post(address, limited).status_code == 303
    page = admin.get(address).text
    assert re.search(r'<textarea id="narratives"[^>]*>\s*Grain\nLabs</textarea>', page)
    assert f'<a href="/narratives/{grain.id}"><bdi>Grain</bdi></a>' in page
    refused = admin.post(address, {**limited, "narratives": "Grain\nNo such thing"})
    assert refused.status_code == 422
    assert 'id="narratives-error"' in refused.text
    assert "No such thing</textarea>" in refused.text
    assert admin.post(address, {**limited, "narratives": "\n".join(["Grain"] * 51)}).status_code == 422
    assert admin.post(address, {**limited, "narratives": ""}).status_code == 303
    assert f'<a href="/narratives/{grain.id}">' not in admin.get(address).text


def test_it_is_deleted_when_asked(admin, address):
    assert "Delete this webhook?" in admin.get(f"{address}/remove").text
    assert admin.get(address).status_code == 200
    assert admin.post(f"{address}/remove").headers["location"] == "/webhooks"
    assert admin.get(address).status_code == 404


def test_only_admins_of_the_organisation_reach_it(built, address):
    analyst, other = signed_in(built), signed_in(built, "admin", "Elsewhere")
    for way in ("", "/pause", "/resume", "/rotate", "/remove"):
        assert analyst.post(f"{address}{way}", TYPED).status_code == 403
        assert other.post(f"{address}{way}", TYPED).status_code == 404
    assert analyst.post("/webhooks", TYPED).status_code == 403


def test_a_list_leads_to_the_filled_form_of_a_feed(built, admin):
    narrative = built.record_statements([draft(narratives=["Staged attacks"])])[0].statement.narratives[0]
    way = f"/feeds?narrative={narrative.id}&amp;name=Staged+attacks#new-title"
    for page in (f"/narratives/{narrative.id}", f"/archive?narrative={narrative.id}"):
        assert way in admin.get(page).text.replace("Staged%20attacks", "Staged+attacks")
    form = admin.get(f"/feeds?narrative={narrative.id}&name=Staged+attacks").text
    assert form.count('value="Staged attacks"') == 2
    assert "/feeds?" not in signed_in(built).get(f"/narratives/{narrative.id}").text
