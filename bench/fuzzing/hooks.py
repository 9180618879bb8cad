"""Hooks of Schemathesis: facts about the service that the OpenAPI document cannot express.

Schemathesis loads it in the process that `bench/fuzz.py` starts.
"""

import json
import os
import random
import re
import time
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import schemathesis
from schemathesis.core.failures import Failure
from schemathesis.generation.meta import GenerationMode, TestPhase

LINES = "application/x-ndjson"
_UPLOAD = "multipart/form-data"
_OWN = set(os.environ["FUZZ_OWN_IDS"].split())
"""Ids of the keys and organisations that the run needs."""
_OTHERS: dict[str, str] = json.loads(os.environ["FUZZ_OTHERS_IDS"])
"""Ids of what another organisation keeps to itself, by the path of the list it is in."""
_PLANTED = os.environ["FUZZ_PLANTED"].encode()
"""A word in each text of the other organisation."""
_DECIDES = os.environ["FUZZ_DECIDES"] == "True"
"""The run's key is of the operator's organisation, which sees everybody's proposals, for it decides them."""
_SERVER = Path("/proc", os.environ["FUZZ_SERVER"], "stat")
_FOUND = Path(os.environ["FUZZ_FOUND"])
_TICKS_S = os.sysconf("SC_CLK_TCK")
_SLOW_S = 1.0
_LONGEST_NOTE = 4_000
_NOBODY = "00000000-0000-4000-8000-000000000000"
_RECEIVER = "http://127.0.0.1:9/hook"
_DATES = {
    "said_at",
    "known_at",
    "learned_at",
    "published_at",
    "expires_at",
    "said_before",
    "said_from",
    "said_to",
    "from",
    "to",
    "since",
}

BY_WORDS: Mapping[str, tuple[str, ...]] = {
    "a cursor is what the page before said: no pattern tells ours from others": ("is none of ours",),
    "what a field refers to has to exist, and a narrative is not below itself": (
        "names no narrative",
        "names no statement",
        "names nothing in the shared archive",
        "names a statement",
        "names no match",
        "names no account",
        "names no view",
        "is none of your organisation's",
        "is this narrative itself",
    ),
    "an organisation keeps a hundred views, which no schema of one of them can say": ("is one too many",),
    "which of two fields has to be there is said in words: makers of clients do not follow such a oneOf": (
        "say what it is about: either statement or narrative",
        "is missing: say which match",
        "is for a precedent found by hand",
        "is for what is",
        "says where to file it",
        "needs a narrative, and the precedent has none",
        "say what to read: either text or html",
        "cannot go with a narrative",
        "say what is to change: one of",
    ),
    "a text may be as long as the document asks, and blank or with characters that no database can hold": (
        "is empty: send",
        "contains a NUL",
        "contains half a character",
        "has a field name that contains",
        "the file has no lines",
        "has no text in it that could be an article",
    ),
}
BY_FIELD: Mapping[str, set[str]] = {
    "a date is written in one of several ways, and has to be one of a calendar: no one format says so": _DATES,
    "an address may be as RFC 3986 has it and not begin with http:// or https://": {"url", "archive_url"},
    "a language is a BCP 47 tag of a language that there is": {"language"},
    "a time zone is one of those that there are": {"time_zone"},
    "what may be proposed is what may be changed of the one thing that the proposal names": {"changes"},
    "fields are paths that an answer has: no pattern says which": {"fields"},
    "a column is mapped to a field that there is: no pattern says which": {"map"},
}
"""Why the service refuses with a 422 what the document alone allows, and what it then says, or about which field."""


_LISTS = {
    "statement": "/v1/statements",
    "statement_id": "/v1/statements",
    "precedent_id": "/v1/statements",
    "narrative": "/v1/narratives",
    "narrative_id": "/v1/narratives",
    "parent": "/v1/narratives",
    "finding_id": "/v1/findings",
}
"""The list that holds what a field of a body names."""

_known: Mapping[str, deque[str]] = defaultdict(lambda: deque(maxlen=50))
"""Ids that the service gave, by the path of the list they are in."""
_chance = random.Random(os.environ["FUZZ_SEED"])
_sent_at: dict[str, tuple[float, float]] = {}


@schemathesis.serializer(LINES)
def as_lines(context: Any, value: Any) -> bytes:
    """A body of lines is a text in the document: it is sent as it is."""
    return str(value).encode("utf-8", "surrogatepass")


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Keeps the run on this machine (nothing is sent, and no name looked up, elsewhere), and its own key good.

    An idempotency key that could be one becomes one that was not sent before: the generator has only a few. Ids that
    nothing has become ids of what there is, of this organisation or of the other, but where one request follows from
    another.
    """
    if "/webhooks" in case.path and isinstance(case.body, dict) and str(case.body.get("url", "")).startswith("http"):
        case.body = {**case.body, "url": _RECEIVER}
    if case.meta is None or case.meta.phase.name is not TestPhase.STATEFUL:
        _name_what_there_is(case)
    for name, value in (case.path_parameters or {}).items():
        if str(value) in _OWN:
            case.path_parameters[name] = _NOBODY
    sent = str((case.headers or {}).get("Idempotency-Key", ""))
    if re.fullmatch("[!-~]{1,200}", sent):
        case.headers["Idempotency-Key"] = uuid4().hex + sent[32:]
    _sent_at[case.id] = (time.monotonic(), _processor_s())


def _name_what_there_is(case: Any) -> None:
    for name, value in (case.path_parameters or {}).items():
        before, found, _ = case.path.partition(f"/{{{name}}}")
        if found and _is_id(value):
            case.path_parameters[name] = _id_of(before) or value
    valid = case.meta is not None and case.meta.generation.mode is GenerationMode.POSITIVE
    if valid and isinstance(case.body, dict):
        named = {name: _id_of(_LISTS[name]) for name in _LISTS.keys() & case.body.keys() if case.body[name]}
        case.body = {**case.body, **{name: id_ for name, id_ in named.items() if id_}}


def _id_of(path: str) -> str | None:
    """Id of something in a list: mostly one of this organisation's, now and then the other's, or none."""
    drawn = _chance.random()
    if drawn < 0.6 and _known[path]:
        return _chance.choice(_known[path])
    return _OTHERS.get(path) if drawn < 0.9 else None


def _is_id(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(UUID(value))
    except ValueError:
        return False


@schemathesis.hook
def after_call(context: Any, case: Any, response: Any) -> None:
    """Notes ids that the service gave, an answer with a word of the other organisation, and what took over a second."""
    began, used = _sent_at.pop(case.id, (None, 0.0))
    if began is not None:
        took, used = time.monotonic() - began, _processor_s() - used
        if max(took, used) > _SLOW_S:
            _note("slow", case, f"{took:.2f} s, {used:.2f} s of processor, {response.status_code}")
    said = b"\n".join([response.content, str(response.headers).encode()])
    if _PLANTED in said and not (_DECIDES and case.path.startswith("/v1/proposals")):
        _note("leak", case, response.content[:300].decode("utf-8", "replace"))
    if response.status_code in (200, 201, 202):
        for id_ in _ids_in(response):
            if id_ not in _known[case.path]:
                _known[case.path].append(id_)


def _ids_in(response: Any) -> Iterator[str]:
    try:
        answer = json.loads(response.content)
    except ValueError:
        return
    if isinstance(answer, dict):
        for thing in [answer, *(answer["items"] if isinstance(answer.get("items"), list) else [])]:
            if isinstance(thing, dict) and _is_id(thing.get("id")):
                yield thing["id"]


def _processor_s() -> float:
    """Processor time that the server has used, in seconds; 0 where the system does not say."""
    try:
        fields = _SERVER.read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICKS_S


def _note(kind: str, case: Any, what: str) -> None:
    with _FOUND.open("a", encoding="utf-8") as file:
        request = case.as_curl_command()[:_LONGEST_NOTE]
        file.write(json.dumps({"kind": kind, "path": case.path, "what": what, "request": request}) + "\n")


@schemathesis.hook
def filter_failure(context: Any, failure: Failure, case: Any, response: Any) -> bool:
    """Drops valid data that was refused, every part with an excuse, and four things that are meant to be so.

    A batch answers each of its checks, wrong ones with a problem in their place; what is sent as lines or uploaded is
    bytes, whatever type was meant; `/v1/checks/batch` takes GET as well, for a check might be called `batch`; and a
    bulk review all of whose flags were refused leaves nothing to take back.
    """
    if type(failure).__name__ == "EnsureResourceAvailability":
        return case.path != "/v1/bulk-reviews/{bulk_review_id}"
    if type(failure).__name__ == "AllowHeaderMismatch":
        return case.path != "/v1/checks/batch"
    if type(failure).__name__ == "AcceptedNegativeData":
        return case.path != "/v1/checks/batch" and case.media_type not in (LINES, _UPLOAD)
    if type(failure).__name__ != "RejectedPositiveData" or response.status_code != 422:
        return True
    problem = response.json()
    return not all(_excused(one) for one in problem.get("errors") or [problem])


def _excused(error: Mapping[str, Any]) -> bool:
    fields = set(error.get("pointer", "").split("/")) | {error.get("parameter")}
    return any(error["detail"].startswith(words) for words in BY_WORDS.values()) or any(
        fields & names for names in BY_FIELD.values()
    )
