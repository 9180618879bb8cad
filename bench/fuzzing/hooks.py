"""What Schemathesis is told about the service that the OpenAPI document cannot say.

Schemathesis loads it in the process that `bench/fuzz.py` starts.
"""

import os
import re
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import schemathesis
from schemathesis.core.failures import Failure

LINES = "application/x-ndjson"
_OWN = set(os.environ["FUZZ_OWN_IDS"].split())
_NOBODY = "00000000-0000-4000-8000-000000000000"
_RECEIVER = "http://127.0.0.1:9/hook"
_DATES = {"said_at", "known_at", "learned_at", "published_at", "expires_at", "said_from", "said_to", "from", "to"}

BY_WORDS: Mapping[str, tuple[str, ...]] = {
    "a cursor is what the page before said: no pattern tells ours from others": ("is none of ours",),
    "what a field refers to has to exist, and a narrative is not below itself": (
        "names no narrative",
        "names no statement",
        "names a statement",
        "names no match",
        "names no account",
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
}
"""Why the service refuses with a 422 what the document alone allows, and what it then says, or about which field."""


@schemathesis.serializer(LINES)
def as_lines(context: Any, value: Any) -> bytes:
    """A body of lines is a text in the document: it is sent as it is."""
    return str(value).encode("utf-8", "surrogatepass")


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Keeps the run on this machine (nothing is sent, and no name looked up, elsewhere), and its own key good.

    An idempotency key that could be one becomes one that was not sent before: the generator has only a few.
    """
    if "/webhooks" in case.path and isinstance(case.body, dict) and str(case.body.get("url", "")).startswith("http"):
        case.body = {**case.body, "url": _RECEIVER}
    for name, value in (case.path_parameters or {}).items():
        if str(value) in _OWN:
            case.path_parameters[name] = _NOBODY
    sent = str((case.headers or {}).get("Idempotency-Key", ""))
    if re.fullmatch("[!-~]{1,200}", sent):
        case.headers["Idempotency-Key"] = uuid4().hex + sent[32:]


@schemathesis.hook
def filter_failure(context: Any, failure: Failure, case: Any, response: Any) -> bool:
    """Drops valid data that was refused, every part with an excuse, and three things that are meant to be so.

    A batch answers each of its checks, wrong ones with a problem in their place; what is sent as lines is text,
    whatever type was meant; and `/v1/checks/batch` takes GET as well, for a check might be called `batch`.
    """
    if type(failure).__name__ == "AllowHeaderMismatch":
        return case.path != "/v1/checks/batch"
    if type(failure).__name__ == "AcceptedNegativeData":
        return case.path != "/v1/checks/batch" and case.media_type != LINES
    if type(failure).__name__ != "RejectedPositiveData" or response.status_code != 422:
        return True
    problem = response.json()
    return not all(_excused(one) for one in problem.get("errors") or [problem])


def _excused(error: Mapping[str, Any]) -> bool:
    fields = set(error.get("pointer", "").split("/")) | {error.get("parameter")}
    return any(error["detail"].startswith(words) for words in BY_WORDS.values()) or any(
        fields & names for names in BY_FIELD.values()
    )
