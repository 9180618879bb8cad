"""Exports and feeds, answered by a real service."""

import json

import httpx
import pytest

from refrain_client import InvalidRequest


def test_an_export_is_read_in_pieces(refrain):
    said = refrain.statements.record("They are about to stage an attack.", said_at="2021-04-24", speaker="Karpov")
    lines = b"".join(refrain.exports.read("jsonl", filters={"speaker": "karpov"})).decode().splitlines()
    assert json.loads(lines[-1])["text"] == said.text
    with pytest.raises(InvalidRequest):
        b"".join(refrain.exports.read("jsonl", filters={"said_from": "soon"}))


def test_a_feed_is_made_read_and_revoked(refrain):
    feed = refrain.feeds.create("Reader")
    assert (feed.kind, feed.narrative, "token=" not in repr(feed)) == ("flags", None, True)
    assert httpx.get(feed.json_url).json()["version"] == "https://jsonfeed.org/version/1.1"
    assert feed.id in [one.id for one in refrain.feeds.list()]
    refrain.feeds.revoke(feed.id)
    assert httpx.get(feed.json_url).status_code == 404
