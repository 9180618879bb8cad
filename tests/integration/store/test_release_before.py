"""A data folder that the release before made is upgraded where it stands, and every stored thing reads as it was."""

import gzip
import json
from datetime import datetime
from pathlib import Path
from unittest.mock import ANY

import pytest
from builders import Browser, services
from fakes import HeldClock
from starlette.testclient import TestClient

from app.main import create_app

_GOLDEN = Path(__file__).resolve().parent / "golden"
BEFORE = json.loads(gzip.decompress((_GOLDEN / "data_folder.json.gz").read_bytes()))
DESK = {"organisation": "Desk"}


class OneOf(tuple):
    """Values of a field that was added: what was stored before has one of them."""

    __slots__ = ()

    def __eq__(self, other):
        return other in tuple(self)

    def __ne__(self, other):
        return not self == other

    __hash__ = None


ADDED = {
    ("verdict", "publisher"): {"added_by": OneOf((None, DESK))},
    ("sightings",): {"contributor": OneOf((None, DESK)), "said_before": None},
    ("said_at", "stance", "withdrawn"): {"said_before": None},
    ("gaps_days",): {"said_before": None},
    ("private", "lines", "counts"): {"dry_run": False, "report": None},
    ("statement_count",): {"contributor": OneOf((None, DESK))},
    ("label", "cues"): {"reason": None},
    ("model",): {"notice": None},
    ("signals",): {"relation": "repeats", "claim": None, "stance": None},
    ("left_out",): {"author": None, "attributions_read": True},
    ("check", "attribution"): {"own": False},
    ("operator", "limit_per_hour"): {"check_retention_days": None, "contributions": ANY, "closed_at": None},
    ("events", "disabled_reason"): {"format": "cloudevents", "language": None, "narratives": []},
    ("items",): {"next_cursor": None},
    ("statements", "text"): {"notice": ANY},
}
"""Fields that this release added to the objects that have certain fields, each with its value for what was stored
before: to statements, precedents, recurrences, imports, stances, checks and flags, matches, documents, statements of
documents, organisations, webhooks, and lists."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("before")
    (folder / "refrain.sqlite3").write_bytes(gzip.decompress((_GOLDEN / "data_folder.sqlite3.gz").read_bytes()))
    clock = HeldClock(datetime.fromisoformat(BEFORE["made_at"]))
    # The release before had no horizon: what gave no date stayed open.
    built = services(folder, clock=clock, prediction_horizon_days=36_500)
    yield built
    built.store.close()


@pytest.fixture(scope="module")
def desk(archive):
    return TestClient(
        create_app(archive), base_url=BEFORE["base"], headers={"Authorization": f"Bearer {BEFORE['key']}"}
    )


def without_added(answer, before):
    """The answer without the fields of `ADDED` that it did not have before, if their values are those named there."""
    if isinstance(answer, list) and isinstance(before, list) and len(answer) == len(before):
        return [without_added(one, other) for one, other in zip(answer, before, strict=True)]
    if not isinstance(answer, dict) or not isinstance(before, dict):
        return answer
    if set(before) == {"id", "text", "language", "created_at"}:
        added = {"added_by": OneOf((None, {**DESK, "name": None})), "shared": OneOf((True, False))}
        return {name: value for name, value in answer.items() if added.get(name, ...) != value}
    added = {name: value for of, fields in ADDED.items() if before.keys() >= set(of) for name, value in fields.items()}
    assert added.keys() <= answer.keys()
    kept = {name: value for name, value in answer.items() if name in before or added.get(name, ...) != value}
    return {name: without_added(value, before.get(name)) for name, value in kept.items()}


@pytest.mark.parametrize("asked", BEFORE["asked"], ids=lambda asked: asked["path"])
def test_what_was_stored_reads_as_it_was(desk, asked):
    answer = desk.get(asked["path"])
    assert answer.status_code == 200, answer.text
    if not isinstance(asked["answer"], str):
        assert without_added(answer.json(), asked["answer"]) == asked["answer"]
    elif not asked["path"].endswith("/results"):
        assert answer.text == asked["answer"]
    else:
        lines, before = ([*map(json.loads, text.splitlines())] for text in (answer.text, asked["answer"]))
        assert json.dumps(without_added(lines, before)) == json.dumps(before)


def test_a_request_that_was_answered_before_is_not_answered_anew(desk):
    retried = BEFORE["retried"]
    answer = desk.post("/v1/checks", json=retried["body"], headers={"Idempotency-Key": retried["key"]})
    assert (answer.status_code, answer.json()) == (201, retried["answer"])


def test_accounts_sign_in_and_see_the_flags_of_before(archive):
    browser = Browser(create_app(archive))
    answer = browser.post("/sign-in", data={"login": BEFORE["login"], "password": BEFORE["password"]})
    assert answer.status_code == 303, answer.text
    flags = [asked["answer"] for asked in BEFORE["asked"] if asked["path"].startswith("/v1/flags/")]
    for flag in flags:
        if "id" in flag:
            assert browser.get(f"/flags/{flag['id']}").status_code == 200


def test_an_archived_statement_of_before_is_found(desk):
    text = BEFORE["retried"]["body"]["text"]
    answer = desk.post("/v1/checks", json={"text": text, "said_at": "2030", "record": False}).json()
    assert answer["matches"][0]["precedent"]["text"] == text
