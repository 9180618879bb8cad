"""Alerts as Slack, Teams and Mattermost take them: valid by their documentation, short enough, and nobody's markup."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest

from app.domain.access.keys import Organisation
from app.domain.webhooks.webhooks import TEST_EVENT, Event, EventType, Webhook, WebhookFormat
from app.services.webhooks.chat_messages import ChatMessages
from app.services.webhooks.chat_texts import fitted
from app.texts.fluent import FluentCatalogs

NOW = datetime(2021, 5, 23, 12, tzinfo=UTC)
SCHEMAS = {
    format_: json.loads((Path(__file__).parent / "schemas" / f"{format_}.json").read_text("utf-8"))
    for format_ in ("slack", "teams", "mattermost")
}
FORMATS = list(SCHEMAS)
HOSTILE = (
    "<!channel> & <https://evil.example|click> @channel @all @here *bold* _it_ ~x~ `code` :smile: "
    "[a](https://evil.example) ![x](https://evil.example/p.png) # head {{DATE(2021-01-01T00:00:00Z,SHORT)}} | a | b |\n"
    "> quote\n- item\n1. one\n```\n"
)
FLAG = {
    "check_id": "check-1", "text": "Militants are about to stage an attack.", "language": "en",
    "said_at": "2021-05-23", "speaker": "A spokesman",
    "summary": "Said at least once before: on 24 April 2021, 29 days earlier.", "best_match": None,
}  # fmt: skip


def message(format_, kind=EventType.FLAG_CREATED, data=FLAG, public_url="https://refrain.example.org/"):
    webhook = Webhook(
        1, "hook", Organisation(1, "org", "Desk"), "https://chat.example/hook", tuple(EventType), None, NOW, NOW,
        format=WebhookFormat(format_),
    )  # fmt: skip
    return ChatMessages(FluentCatalogs(), public_url)(webhook, Event("event-1", kind, "subject-1", NOW, data))


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


EVENTS = {
    EventType.FLAG_CREATED: FLAG,
    EventType.REVIEW_CREATED: {"check_id": "c", "match_id": "m", "verdict": "confirmed", "reason": "The same words."},
    EventType.REVIEW_UNDONE: {"check_id": "c", "match_id": "m", "verdict": "confirmed", "reason": None},
    EventType.NARRATIVE_CREATED: {"narrative_id": "n", "title": "Staged attacks", "description": None},
    EventType.NARRATIVE_UPDATED: {"narrative_id": "n", "title": "Staged attacks", "description": "A warning."},
    EventType.JOB_FINISHED: {"job_id": "j", "kind": "import", "state": "done", "lines": 10_000, "done": 10_000},
    EventType.NARRATIVE_WARNING: {
        "warning_id": "w",
        "narrative_id": "n",
        "title": "Staged attacks",
        "rule": "back",
        "evidence": {"last": "2020-05-01", "first": "2021-05-20", "days": 384, "count": 2},
    },
    EventType.NARRATIVE_APPEARED: {
        "narrative_id": "n",
        "title": "Staged attacks",
        "count": 2,
        "statements": [
            {"statement_id": "s", "text": "They stage one.", "language": "en", "speaker": "A", "said_at": "2021-05-20"}
        ],
    },
    TEST_EVENT: {"webhook_id": "hook"},
    "narrative.followed": {"title": "An event of a later release"},
}


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("kind", [*EventType, TEST_EVENT, "narrative.followed"])
def test_each_event_is_a_valid_message_of_each_chat(format_, kind):
    said = message(format_, kind, EVENTS[kind])
    jsonschema.Draft202012Validator(SCHEMAS[format_]).validate(said)
    if kind in (EventType.JOB_FINISHED, TEST_EVENT, "narrative.followed"):
        return
    page = "narratives" if kind.startswith("narrative") else "flags"
    assert any(f"https://refrain.example.org/{page}/subject-1" in text for text in strings(said))


@pytest.mark.parametrize("format_", FORMATS)
def test_a_flag_says_who_said_what_when_and_how_often_before(format_):
    said = " ".join(strings(message(format_))).replace("\\", "")
    for part in ("Said before", FLAG["text"], "A spokesman", "23 May 2021", FLAG["summary"], "Open in Refrain"):
        assert part in said


@pytest.mark.parametrize("format_", FORMATS)
def test_without_a_public_address_there_is_no_link(format_):
    said = message(format_, public_url="")
    jsonschema.validate(said, SCHEMAS[format_])
    assert "Open in Refrain" not in " ".join(strings(said))


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("filling", ["x", "&", "<", "Ж", "\U0001f600", "*", "@", "a\n"])
def test_the_longest_texts_stay_within_the_limits(format_, filling):
    long = (filling * 5_000)[:5_000]
    said = message(format_, data={**FLAG, "text": long, "summary": long, "speaker": long})
    jsonschema.validate(said, SCHEMAS[format_])
    assert len(json.dumps(said, ensure_ascii=False).encode()) < 28 * 1024
    for text in strings(said):
        if format_ == "slack":
            assert len(text.encode("utf-16-le")) // 2 <= 3_000


def test_slack_reads_no_markup_in_what_somebody_said():
    said = message("slack", data={**FLAG, "text": HOSTILE, "speaker": HOSTILE, "summary": HOSTILE})
    written = json.dumps(said)
    assert "<!" not in written
    assert "<https://evil" not in written
    marked = [block["text"] for block in said["blocks"] if block.get("text", {}).get("type") == "mrkdwn"]
    assert [one["text"] for one in marked] == ["<https://refrain.example.org/flags/subject-1|Open in Refrain>"]
    assert "&lt;!channel&gt; &amp; " in said["text"]
    assert (said["unfurl_links"], said["unfurl_media"]) == (False, False)


def test_an_entity_of_slack_is_never_cut_in_two():
    said = message("slack", data={**FLAG, "text": "&" * 5_000})
    assert re.fullmatch("(&amp;)+…", said["blocks"][1]["text"]["text"])


def test_mattermost_reads_no_markup_in_what_somebody_said_and_notifies_nobody():
    said = message("mattermost", data={**FLAG, "text": HOSTILE, "speaker": HOSTILE})["text"]
    assert not re.search(r"@\w", said)
    own = "[Open in Refrain](https://refrain.example.org/flags/subject-1)"
    assert own in said
    rest = said.replace(own, "").replace("#### Said before", "").replace("**Speaker:**", "").replace("**Said on:**", "")
    assert not re.search(r"(?<!\\)[*_`~\[\]()|!]", rest)
    assert all(line.startswith("> ") for line in said.split("\n\n")[1].splitlines())


def test_teams_reads_no_markup_in_what_somebody_said():
    said = message("teams", data={**FLAG, "text": HOSTILE, "speaker": HOSTILE, "summary": HOSTILE})
    card = said["attachments"][0]["content"]
    marked = [element["text"] for element in card["body"] if element["type"] == "TextBlock"]
    assert marked == ["Said before"]
    assert HOSTILE.strip() in [run["text"] for element in card["body"] for run in element.get("inlines", ())]


def test_a_text_is_cut_where_it_would_not_fit_and_nowhere_else():
    assert fitted("abcd", 4) == "abcd"
    assert fitted("abcde", 4) == "abc…"
    assert fitted("\U0001f600\U0001f600", 3) == "\U0001f600…"
    assert fitted("ab", 3, lambda character: character * 2) == "aa…"


def test_a_webhook_for_programs_has_no_message():
    assert message("cloudevents") is None
