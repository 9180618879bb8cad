"""Redaction of stored answers: the copies of a statement that checks and articles have kept."""

import json
from typing import Any

_EMPTIED_PRECEDENT: dict[str, Any] = {
    "text": "",
    "external_id": None,
    "title": None,
    "speaker": None,
    "source": {"name": None, "url": None, "archive_url": None},
    "findings": [],
    "prediction": None,
}
_EMPTIED_MATCH: dict[str, Any] = {"repeated": [], "changed": [], "added": [], "dropped": [], "explanation": None}


def redacted(stored: str, statement_id: str) -> str:
    """A stored answer without what it kept of a statement: its text, its names, the quotes from it.

    The id stays, with the score: that there was a match is no secret.
    """
    return json.dumps(_redacted(json.loads(stored), statement_id), ensure_ascii=False, separators=(",", ":"))


def _redacted(node: Any, statement_id: str) -> Any:
    if isinstance(node, list):
        return [_redacted(inner, statement_id) for inner in node]
    if not isinstance(node, dict):
        return node
    precedent = node.get("precedent")
    if isinstance(precedent, dict) and precedent.get("id") == statement_id and "signals" in node:
        known = {name: value for name, value in _EMPTIED_PRECEDENT.items() if name in precedent}
        return {**node, **_EMPTIED_MATCH, "precedent": {**precedent, **known}}
    after = {name: _redacted(inner, statement_id) for name, inner in node.items()}
    if "summary" in after and "matches" in after and after["matches"] != node["matches"]:
        after["summary"] = None  # it may name the speaker, and quote
    return after
