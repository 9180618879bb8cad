"""The client as it is delivered: alone, typed, as the OpenAPI document has it, and as its README says."""

import base64
import contextlib
import dataclasses
import inspect
import re
import shutil
import subprocess
import sys
import time
import tomllib
import typing
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from builders import services
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook

import refrain_client
from app.main import create_app
from refrain_client import (
    InvalidSignature,
    Refrain,
    RefrainError,
    access_answers,
    archive_answers,
    audit_answers,
    bodies,
    check_answers,
    document_answers,
    errors,
    flag_answers,
    service_answers,
    source_answers,
    verify,
)

CLIENT = Path(refrain_client.__file__).parents[1]
EXAMPLES = re.findall(r"```python\n(.*?)```", (CLIENT / "README.md").read_text("utf-8"), re.DOTALL)
SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
NOT_SHOWN = {
    "TextQuoteSelector": {"type"},
    "Policy": {"near_verbatim_at", "same_script_at", "same_topic_at", "verbatim_wording", "verbatim_dense"},
    "Event": {"specversion", "datacontenttype"},
    "Problem": {"violated-policies"},
}
"""Fields of answers that the client leaves out: always the same, or the service's own business."""
SENT = {
    "CheckIn": bodies.CheckIn,
    "CheckSource": bodies.CheckSourceFields,
    "DocumentIn": bodies.DocumentFields,
    "SourceIn": bodies.SourceFields,
    "FindingFields": bodies.FindingIn,
    "StatementPatch": bodies.StatementChanges,
    "NarrativePatch": bodies.NarrativeChanges,
    "WebhookPatch": bodies.WebhookChanges,
    "OrganisationPatch": bodies.OrganisationChanges,
    "WatchedSourcePatch": bodies.WatchedSourceChanges,
    "ChosenIn": bodies.ChosenFlag,
}
SENT_WITH_A_FIRST = {
    "StatementIn": (bodies.StatementFields, {"text"}),
    "NarrativeIn": (bodies.NarrativeFields, {"title"}),
    "FindingIn": (bodies.FindingFields, {"verdict", "statement", "narrative"}),
    "WebhookIn": (None, {"url", "events", "description", "format", "language", "narratives"}),
    "WatchedSourceIn": (bodies.WatchedSourceFields, {"url"}),
    "BulkReviewIn": (bodies.BulkReviewFields, {"flags", "verdict"}),
    "ViewIn": (None, {"name", "query", "private"}),
    "ViewMessageIn": (bodies.ViewMessageFields, {"webhook", "kind"}),
    "FeedIn": (None, {"name", "narrative", "view"}),
    "NoteIn": (None, {"text"}),
    "AssignmentIn": (None, {"to"}),
    "CounterExampleIn": (None, {"text", "language"}),
    "KeyIn": (bodies.KeyFields, {"name", "scopes"}),
    "RotationIn": (None, {"overlap_hours"}),
    "OrganisationIn": (None, {"name", "scopes", "limit_per_hour"}),
    "CounterExamplePatch": (None, {"shared"}),
    "ProposalIn": (None, {"statement_id", "narrative_id", "finding_id", "changes", "reason"}),
    "ProposalDecisionIn": (None, {"decision", "reason"}),
    "WithdrawalIn": (None, {"since", "reason"}),
    "ErasureIn": (None, {"kind", "id", "reason", "reference"}),
}


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    built = services(tmp_path_factory.mktemp("document"), opened=False)
    yield create_app(built).openapi()
    built.store.close()


def answers():
    modules = (
        access_answers, archive_answers, audit_answers, check_answers, document_answers, flag_answers, service_answers,
        source_answers, errors,
    )  # fmt: skip
    for module in modules:
        for kind in vars(module).values():
            if dataclasses.is_dataclass(kind) and kind.__module__ == module.__name__:
                yield kind


def schema_of(kind, schemas):
    """What the document calls it; None for what it does not have."""
    names = {"Event": "CloudEvent", "Import": "ImportDetailOut"}
    as_it_is = {"FieldProblem", "Problem", "TextQuoteSelector"}
    name = kind.__name__ if kind.__name__ in as_it_is else f"{kind.__name__}Out"
    return schemas.get(names.get(kind.__name__, name))


@pytest.mark.parametrize("kind", list(answers()), ids=lambda kind: kind.__name__)
def test_each_answer_has_the_fields_that_the_document_says(kind, document):
    schema = schema_of(kind, document["components"]["schemas"])
    if schema is None:
        assert kind.__name__ in {"Job", "BulkResult", "Event", "Claim"}, "made here"
        return
    shown = set(schema["properties"]) - NOT_SHOWN.get(kind.__name__, set())
    mine = {one.name: one for one in dataclasses.fields(kind)}
    assert shown <= set(mine)
    for name in set(mine) - shown:
        assert mine[name].default is not dataclasses.MISSING or mine[name].default_factory is not dataclasses.MISSING
    hints = typing.get_type_hints(kind)
    for name in shown:
        described = schema["properties"][name]
        nullable = any(one.get("type") == "null" for one in described.get("anyOf", ()))
        emptied = mine[name].default is None or mine[name].default_factory is list
        assert nullable == (type(None) in typing.get_args(hints[name])) or emptied, name
        moment = "date-time" in (described.get("format"), *(one.get("format") for one in described.get("anyOf", ())))
        assert moment == (datetime in (hints[name], *typing.get_args(hints[name]))), name


def test_each_body_has_the_fields_that_the_document_says(document):
    schemas = document["components"]["schemas"]
    for name, kind in SENT.items():
        assert set(schemas[name]["properties"]) == set(kind.__annotations__), name
    for name, (kind, first) in SENT_WITH_A_FIRST.items():
        assert set(schemas[name]["properties"]) == set(kind.__annotations__ if kind else ()) | first, name
    listed = {one["name"] for one in document["paths"]["/v1/statements"]["get"]["parameters"]}
    assert listed - {"limit", "cursor"} == set(bodies.StatementFilter.__annotations__)
    searched = {one["name"] for one in document["paths"]["/v1/search"]["get"]["parameters"]}
    assert searched - {"limit", "cursor"} == set(bodies.SearchFilter.__annotations__) | {"q", "by"}
    assert set(typing.get_args(bodies.Scope)) == set(schemas["Scope"]["enum"])


def test_each_operation_of_the_document_has_a_call(document):
    asked = set()

    def noted(request):
        asked.add((request.method, re.sub("/x(?=/|$)", "/{}", request.url.path)))
        return httpx.Response(404, json={})

    with Refrain("http://service.example", "key", http=httpx.Client(transport=httpx.MockTransport(noted))) as refrain:
        for part in (refrain, *(one for name, one in vars(refrain).items() if name != "_to")):
            for name, call in inspect.getmembers(part, inspect.ismethod):
                if not name.startswith("_") and name != "close":
                    needed = [one for one in inspect.signature(call).parameters.values() if one.default is one.empty]
                    with contextlib.suppress(RefrainError):
                        answer = call(*("x" for one in needed if one.kind is one.POSITIONAL_OR_KEYWORD))
                        list(answer)
    described = {
        (method.upper(), re.sub(r"\{\w+\}", "{}", path))
        for path, methods in document["paths"].items()
        for method in methods
        if path.startswith("/v1/")
    }
    assert asked == described


def test_the_ordinary_client_is_made_from_the_one_for_asyncio():
    sys.path.insert(0, str(CLIENT))
    import make_sync

    for name, text in make_sync.made().items():
        there = (CLIENT / "refrain_client" / "_sync" / name).read_text("utf-8")
        assert text == there, f"{name}: run python client/make_sync.py"
        assert not re.search(r"\basync|\bawait|Async", re.sub(r'"""..*?"""', "", there, flags=re.DOTALL))


def test_it_needs_httpx_alone(tmp_path):
    described = tomllib.loads((CLIENT / "pyproject.toml").read_text("utf-8"))
    [needed] = described["project"]["dependencies"]
    assert re.match(r"httpx\b", needed)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-index"]
    subprocess.run(
        [*pip, "--no-deps", "--no-build-isolation", "--target", tmp_path / "there", _copy(tmp_path)], check=True
    )
    assert (tmp_path / "there" / "refrain_client" / "py.typed").exists()
    program = (
        "import sys, httpx, asyncio, random\n"
        "before = set(sys.modules)\n"
        f"sys.path.insert(0, {str(tmp_path / 'there')!r})\n"
        "import refrain_client\n"
        "new = {name.split('.')[0] for name in set(sys.modules) - before} - set(sys.stdlib_module_names)\n"
        "assert new == {'refrain_client'}, new\n"
    )
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=True)


def _copy(folder):
    """The client without the rest of the repository: building it leaves files in its folder."""
    return shutil.copytree(
        CLIENT, folder / "client", ignore=shutil.ignore_patterns("__pycache__", "build", "*.egg-info")
    )


@pytest.mark.parametrize("number", range(2))
def test_the_examples_of_its_readme_run(served, monkeypatch, capsys, number):
    monkeypatch.setenv("REFRAIN_URL", served.url)
    monkeypatch.setenv("REFRAIN_KEY", served.key())
    exec(compile(EXAMPLES[number], "README.md", "exec"), {"__name__": "__main__"})
    printed = capsys.readouterr().out
    if number == 0:
        assert "Said at least once before: on 24 April 2021, 29 days earlier." in printed
        assert "29 days before: A spokesman near_verbatim 0.99" in printed
        assert "20 of 20" in printed
    else:
        assert "False None" in printed


def test_the_receiver_of_its_readme_takes_an_event_once(document):
    event = document["webhooks"]["flag.created"]["post"]["requestBody"]["content"]["application/cloudevents+json"]
    body = refrain_client.bodies.as_json(event["example"])
    receiver = {}
    exec(compile(EXAMPLES[2], "README.md", "exec"), receiver)
    receiver["SECRET"] = SECRET
    headers = signed(body.decode())
    assert receiver["receive"](body, headers).type == "flag.created"
    assert receiver["receive"](body, headers) is None


def signed(body, *, secret=SECRET, at=None):
    """Headers as the Standard Webhooks library makes them."""
    at = at or datetime.now(UTC)
    signature = Webhook(secret).sign(msg_id="msg_1", timestamp=at, data=body)
    return {"Webhook-Id": "msg_1", "webhook-timestamp": str(int(at.timestamp())), "webhook-signature": signature}


EVENT = '{"id": "1", "type": "t", "source": "s", "subject": "x", "time": "2021-05-23T12:00:00Z", "data": {"ё": 1}}'


@given(secret=st.binary(min_size=1, max_size=64), other=st.binary(min_size=1, max_size=64))
def test_what_the_library_signs_is_verified_and_nothing_else_is(secret, other):
    written, wrong = ("whsec_" + base64.b64encode(one).decode() for one in (secret, other))
    headers = signed(EVENT, secret=written)
    assert verify(EVENT, headers, written).data == {"ё": 1}
    both = {**headers, "webhook-signature": f"v1a,x v1,AAAA {headers['webhook-signature']}"}
    assert verify(EVENT.encode(), both, written).id == "1"
    if written != wrong:
        with pytest.raises(InvalidSignature):
            verify(EVENT, headers, wrong)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {**signed(EVENT), "webhook-signature": "v1,ёё"},
        {**signed(EVENT), "webhook-timestamp": "yesterday"},
        {**signed(EVENT), "webhook-timestamp": "nan"},
        {**signed(EVENT), "webhook-timestamp": str(int(time.time()) - 30)},
        signed(EVENT, at=datetime(2021, 5, 23, tzinfo=UTC)),
        signed(EVENT, at=datetime(2100, 5, 23, tzinfo=UTC)),
    ],
)
def test_what_is_not_signed_just_now_is_refused(headers):
    with pytest.raises(InvalidSignature):
        verify(EVENT, headers, SECRET)


def test_a_secret_that_is_none_is_refused_and_so_is_an_event_that_is_none():
    with pytest.raises(InvalidSignature):
        verify(EVENT, signed(EVENT), "whsec_?")
    with pytest.raises(refrain_client.UnexpectedAnswer):
        verify("[]", signed("[]"), SECRET)
