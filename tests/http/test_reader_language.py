"""`Accept-Language`: the sentences of an answer are in a language of the reader, if there are texts in one."""

import pytest
from builders import STAGED, STAGED_ELSEWHERE

from app.web.accept_language import accepted_languages

BODY = {"text": STAGED, "said_at": "2021-05-23"}
BODY_TEXT = {"text": STAGED}


@pytest.mark.parametrize(
    ("header", "tags"),
    [("", ()), ("en", ("en",)), ("de-AT, de;q=0.9, en;q=0.8", ("de-AT", "de", "en")),
     ("en;q=0.2, ru ; q=1.0", ("ru", "en")), ("fr;q=0, *", ()), (";;q=x, uk;q=2, ,,en", ("en",)),
     ("a" * 9, ()), (",".join(["en"] * 500), ("en",) * 20)],
)  # fmt: skip
def test_a_header_names_languages_the_best_first(header, tags):
    assert accepted_languages(header) == tags


@pytest.mark.parametrize("wanted", [None, "en-GB", "tlh, en;q=0.5", "tlh", "*", "ß\x00"])
def test_without_texts_in_the_readers_language_sentences_are_english_and_say_so(desk, record, wanted):
    record(STAGED_ELSEWHERE, "2021-04-24", speaker="Karpov")
    headers = {"Accept-Language": wanted.encode()} if wanted else {}
    answer = desk.post("/v1/checks", json=BODY, headers=headers)
    assert answer.headers["Content-Language"] == "en"
    [match] = answer.json()["matches"]
    assert match["explanation"].startswith("The same script as on 24 April 2021 (Karpov)")


def test_a_stored_check_keeps_the_sentences_that_it_was_answered_with(desk, record):
    record(STAGED_ELSEWHERE, "2021-04-24", speaker="Karpov")
    answered = desk.post("/v1/checks", json=BODY)
    stored = desk.get(f"/v1/checks/{answered.json()['id']}", headers={"Accept-Language": "de"})
    assert stored.json()["summary"] == answered.json()["summary"]
    assert stored.json()["matches"][0]["explanation"] == answered.json()["matches"][0]["explanation"]
    assert stored.headers["Content-Language"] == "en"


def test_a_batch_says_which_language_it_is_in(desk):
    assert desk.post("/v1/checks/batch", json={"checks": [BODY]}).headers["Content-Language"] == "en"


def test_an_article_says_which_language_its_sentences_are_in_also_without_a_claim(desk):
    for text in (f"Karpov said: “{STAGED}”", STAGED):
        answered = desk.post("/v1/documents", json={"text": text}, headers={"Accept-Language": "tlh"})
        assert answered.headers["Content-Language"] == "en"
        assert desk.get(f"/v1/documents/{answered.json()['id']}").headers["Content-Language"] == "en"


@pytest.mark.parametrize(
    ("path", "body", "language"),
    [("/v1/checks", BODY, "en"), ("/v1/checks/batch", {"checks": [BODY]}, "en"), ("/v1/documents", BODY_TEXT, "en"),
     ("/v1/statements", BODY, None)],
)  # fmt: skip
def test_a_request_sent_again_is_answered_in_the_language_of_its_first_answer(desk, path, body, language):
    headers = {"Idempotency-Key": "key-1"}
    first = desk.post(path, json=body, headers=headers)
    again = desk.post(path, json=body, headers={**headers, "Accept-Language": "de"})
    assert again.headers["Idempotency-Replayed"] == "true"
    assert first.headers.get("Content-Language") == again.headers.get("Content-Language") == language
