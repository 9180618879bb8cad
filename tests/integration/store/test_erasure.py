"""Erasure and retention over SQLite and PostgreSQL: a planted word is in no table and no snapshot afterwards."""

from datetime import timedelta

import pytest
from builders import STAGED, account, client, draft
from sqlalchemy import MetaData, select

from app.domain.access.accounts import Role
from app.domain.audit.erasures import ErasureKind
from app.domain.core.errors import Conflict
from app.services.audit.expire_checks import EVERY, ExpireChecks
from app.services.audit.ports import AuditFilter

WORD = "zyxomma"
TEXT = f"The {WORD} helmets are preparing a staged chemical attack in Idlib to blame the government."


def tables_with(archive, word):
    """Names of the tables, whatever tables the database has, that hold a word anywhere."""
    found, metadata = set(), MetaData()
    with archive.store.engine.connect() as connection:
        metadata.reflect(connection)
        for table in metadata.sorted_tables:
            for row in connection.execute(select(table)):
                for value in row:
                    shown = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
                    if word in shown.casefold():
                        found.add(table.name)
    return found


def files_with(folder, word):
    """Files below a folder that hold a word: the database's own, its log, snapshots of the index."""
    return [path.name for path in folder.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]


@pytest.fixture
def desk(archive):
    return client(archive)


def done(answer, status=201):
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content else None


def erase(desk, kind, subject, status=201):
    return done(desk.post("/v1/erasures", json={"kind": kind, "id": subject, "reason": "Court order"}), status)


def test_the_text_of_a_statement_is_gone_from_every_table_and_snapshot(archive, desk, tmp_path):
    archive.manage_organisations.change("Desk", {"operator": True})
    desk, other = client(archive), client(archive, organisation="Another desk")
    done(desk.post("/v1/webhooks", json={"url": "https://93.184.215.14/hook", "events": ["flag.created"]}))
    statement = done(
        desk.post(
            "/v1/statements",
            json={
                "text": TEXT, "said_at": "2021-01-01", "speaker": f"{WORD} Karpov", "title": f"On {WORD}",
                "external_id": f"id-{WORD}", "source": {"name": f"The {WORD} Post"},
            },
            headers={"Idempotency-Key": "once"},
        )
    )  # fmt: skip
    finding = {"statement": statement["id"], "verdict": "false", "summary": f"{WORD} did not"}
    finding = done(other.post("/v1/findings", json={**finding, "url": f"https://example.org/{WORD}"}))
    proposal = {"changes": {"text": f"{TEXT} Again."}, "reason": f"{WORD} said so"}
    proposal = done(
        other.post(
            "/v1/proposals", json={"statement_id": statement["id"], **proposal}, headers={"Idempotency-Key": "proposed"}
        )
    )
    script = done(desk.post("/v1/narratives", json={"title": "Staged attacks"}))["id"]
    done(
        other.post(
            f"/v1/narratives/{script}/counter-examples", json={"text": TEXT}, headers={"Idempotency-Key": "no-match"}
        )
    )
    done(desk.patch(f"/v1/statements/{statement['id']}", json={"text": TEXT + " They say."}), 200)
    check = done(desk.post("/v1/checks", json={"text": STAGED, "said_at": "2021-05-23"}))
    article = f"Karpov said on Sunday: “{STAGED}”"
    document = done(desk.post("/v1/documents", json={"text": article, "published_at": "2021-05-24"}))
    archive.archive.save()
    held = {"statements", "statement_revisions", "checks", "documents", "vectors", "speakers", "findings"}
    held |= {"proposals", "counter_examples", "answered_requests"}
    assert held <= tables_with(archive, WORD)
    assert files_with(tmp_path, WORD)
    trace = erase(desk, "statement", statement["id"])
    assert (trace["kind"], trace["subject_id"], trace["reason"]) == ("statement", statement["id"], "Court order")
    assert tables_with(archive, WORD) == set()
    assert files_with(tmp_path, WORD) == []
    assert done(other.get(f"/v1/proposals/{proposal['id']}"), 200)["state"] == "refused"
    assert done(desk.get(f"/v1/narratives/{script}/counter-examples"), 200)["items"] == []
    assert done(desk.post("/v1/checks", json={"text": TEXT, "record": False}))["matches"] == []
    [match] = done(desk.get(f"/v1/checks/{check['id']}"), 200)["matches"]
    assert (match["precedent"]["id"], match["precedent"]["text"]) == (statement["id"], "")
    assert match["precedent"]["withdrawn"] is True
    assert done(desk.get(f"/v1/documents/{document['id']}"), 200)["statements"]
    shown = done(desk.get(f"/v1/statements/{statement['id']}"), 200)
    assert (shown["text"], shown["speaker"]) == ("", None)
    assert desk.patch(f"/v1/statements/{statement['id']}", json={"withdrawn": False}).status_code == 409
    assert (
        desk.post("/v1/erasures", json={"kind": "statement", "id": statement["id"], "reason": "Again"}).status_code
        == 409
    )
    assert [one["id"] for one in done(desk.get("/v1/erasures"), 200)["items"]] == [trace["id"]]
    assert archive.audit.verify().fault is None


def test_a_check_is_erased_with_its_flag_its_notes_and_its_counter_example(archive, desk):
    archive.record_statements([draft(STAGED, "2021-01-01", ["Staged attacks"])])
    check = done(
        desk.post("/v1/checks", json={"text": TEXT, "said_at": "2021-05-23"}, headers={"Idempotency-Key": "1"})
    )
    kept = done(desk.post("/v1/checks", json={"text": STAGED, "said_at": "2021-05-23"}))
    done(desk.post(f"/v1/flags/{check['id']}/notes", json={"text": WORD}))
    review = {"verdict": "dismissed", "match_id": check["matches"][0]["id"], "counter_example": True, "reason": WORD}
    done(desk.post(f"/v1/flags/{check['id']}/reviews", json=review))
    assert {"checks", "flags", "flag_notes", "counter_examples", "reviews"} <= tables_with(archive, WORD)
    erase(desk, "check", check["id"])
    assert tables_with(archive, WORD) == set()
    assert desk.get(f"/v1/checks/{check['id']}").status_code == 404
    listed = done(desk.get("/v1/flags"), 200)
    assert [flag["id"] for flag in listed["items"]] == [kept["id"]]
    assert listed["counts"] == {"open": 1, "confirmed": 0, "dismissed": 0}


def test_a_check_of_an_article_goes_with_the_article(archive, desk):
    article = f"Karpov said on Sunday: “{TEXT}”"
    document = done(desk.post("/v1/documents", json={"text": article, "published_at": "2021-05-24"}))
    erase(desk, "check", document["statements"][0]["check"]["id"])
    assert tables_with(archive, WORD) == set()
    assert desk.get(f"/v1/documents/{document['id']}").status_code == 404


def test_a_person_is_a_pseudonym_everywhere_and_the_chain_holds(archive, desk):
    account(archive, "admin", login="boss")
    person = account(archive, "admin", login=f"{WORD}@example.org", name=f"{WORD} Miller")
    archive.record_statements([draft(STAGED, "2021-01-01")], by=person.actor)
    check = done(desk.post("/v1/checks", json={"text": STAGED, "said_at": "2021-05-23"}))
    archive.annotate_flag.note(person.organisation, person.actor, check["id"], "a note")
    archive.annotate_flag.assign(person.organisation, person.actor, check["id"], person.id)
    archive.save_flag_views.save(person.organisation, person.actor, f"{WORD}'s own", "state=open", private=True)
    assert len(tables_with(archive, WORD)) >= 4
    trace = erase(desk, "account", person.id)
    assert tables_with(archive, WORD) == set()
    assert trace["subject_id"] == person.id
    known = archive.manage_accounts.get(person.id)
    assert known.disabled_at
    assert known.name == known.login == f"erased-{person.id[:8]}"
    assert archive.audit.verify().fault is None
    assert [entry["action"] for entry in done(desk.get(f"/v1/audit?subject={person.id}"), 200)["items"]] == [
        "account.erased",
        "account.created",
    ]


def test_the_last_admin_stays_and_others_people_checks_and_shared_statements_are_out_of_reach(archive, desk):
    boss = account(archive, "admin", login="boss")
    with pytest.raises(Conflict):
        archive.erase(ErasureKind.ACCOUNT, boss.id, "asked for it")
    assert archive.manage_accounts.get(boss.id).role is Role.ADMIN
    other = client(archive, organisation="Another desk")
    check = done(desk.post("/v1/checks", json={"text": STAGED}))
    statement = done(desk.post("/v1/statements", json={"text": STAGED}))
    erase(other, "account", boss.id, 404)
    erase(other, "check", check["id"], 404)
    erase(other, "statement", statement["id"], 403)
    private = done(desk.post("/v1/statements", json={"text": TEXT, "private": True}))
    erase(other, "statement", private["id"], 404)
    erase(client(archive, "read", "write", "review"), "check", check["id"], 403)
    erase(desk, "statement", private["id"])


def test_old_checks_go_but_flags_that_wait_and_what_others_keep_longer(archive, process):
    aged = process("aged")
    desk, other = client(aged), client(aged, organisation="Keeps all")
    aged.manage_organisations.change("Keeps all", {"check_retention_days": 0})
    aged.record_statements([draft(STAGED, "2021-01-01")])
    waiting = done(desk.post("/v1/checks", json={"text": STAGED, "said_at": "2021-05-23"}))
    decided = done(desk.post("/v1/checks", json={"text": STAGED, "said_at": "2021-05-23"}))
    review = {"verdict": "confirmed", "match_id": decided["matches"][0]["id"]}
    done(desk.post(f"/v1/flags/{decided['id']}/reviews", json=review))
    plain = done(desk.post("/v1/checks", json={"text": "Grain exports rose by ten percent in April."}))
    theirs = done(other.post("/v1/checks", json={"text": "Grain exports rose by ten percent in April."}))
    said = "Karpov said on Sunday: “Grain exports rose by ten percent in April.”"
    article = done(desk.post("/v1/documents", json={"text": said, "published_at": "2021-05-24"}))
    clock = aged.manage_keys.clock
    expire = ExpireChecks(aged.store, clock, 30)

    def left():
        paths = [f"/v1/checks/{one['id']}" for one in (waiting, decided, plain)] + [f"/v1/documents/{article['id']}"]
        return [desk.get(path).status_code == 200 for path in paths]

    clock.advance(days=29)
    expire()
    assert left() == [True] * 4
    clock.advance(days=2)
    expire()
    assert left() == [True, False, False, False]
    assert other.get(f"/v1/checks/{theirs['id']}").status_code == 200
    assert done(desk.get("/v1/flags"), 200)["counts"] == {"open": 1, "confirmed": 0, "dismissed": 0}
    with aged.store.reading() as tx:
        expired = tx.audit.find(AuditFilter(action="checks.expired"), None, 10)
    assert [(entry.actor_kind, entry.detail) for entry in expired] == [("service", {"count": 3})]
    ExpireChecks(aged.store, clock, 0)()
    clock.advance(seconds=EVERY / timedelta(seconds=1))
    assert left() == [True, False, False, False]
