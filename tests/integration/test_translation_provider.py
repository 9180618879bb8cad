"""The contract of a translation provider over real HTTP: what is sent, and what is said where it fails."""

import pytest
from translation_server import SECRET, translating

from app.domain.glosses.glosses import TranslationFailed
from app.worker.translation import TranslationProvider


@pytest.fixture
def server():
    with translating() as one:
        yield one


def provider(server, **more):
    return TranslationProvider(server.url, SECRET, ["127.0.0.1"], **more)


def test_a_text_is_sent_with_its_languages_and_the_secret(server):
    answer = provider(server)("Привет", "ru", "en")
    assert (answer.text, answer.provider) == ("[en] тевирП", "Turned Around")
    assert server.asked == [{"text": "Привет", "source": "ru", "target": "en"}]
    assert server.authorizations == [f"Bearer {SECRET}"]


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (500, None, "status"),
        (302, b"", "status"),
        (200, b"no JSON", "answer"),
        (200, b'["a list"]', "answer"),
        (200, b'{"provider": "P"}', "answer"),
        (200, b'{"text": " ", "provider": "P"}', "answer"),
        (200, b'{"text": "a\\u0000b", "provider": "P"}', "answer"),
        (200, b'{"text": "t"}', "answer"),
        (200, b'{"text": "' + b"x" * 20_001 + b'", "provider": "P"}', "long"),
        (200, b" " * 300_000, "long"),
    ],
)
def test_what_is_wrong_with_an_answer_is_said(server, status, body, reason):
    server.status, server.body = status, body
    with pytest.raises(TranslationFailed) as failure:
        provider(server)("Привет", "ru", "en")
    assert failure.value.reason == reason
    assert len(server.asked) == 1


def test_it_is_waited_for_so_long_and_no_longer(server):
    server.delay_s = 1.5
    with pytest.raises(TranslationFailed) as failure:
        provider(server, timeout_s=0.3)("Привет", "ru", "en")
    assert failure.value.reason == "slow"


def test_an_internal_address_is_refused_unless_its_host_is_named(server):
    with pytest.raises(TranslationFailed) as failure:
        TranslationProvider(server.url, SECRET, [])("Привет", "ru", "en")
    assert failure.value.reason == "address"
    assert not server.asked


def test_a_provider_that_is_not_there_is_unreachable(server):
    gone = TranslationProvider("http://127.0.0.1:9/translate", SECRET, ["127.0.0.1"])
    with pytest.raises(TranslationFailed) as failure:
        gone("Привет", "ru", "en")
    assert failure.value.reason == "unreachable"
