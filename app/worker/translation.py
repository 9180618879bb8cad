"""Translation provider over HTTP: one POST a text, to an address that is judged as those of webhooks are."""

import json
import ssl
import time
from collections.abc import Collection
from functools import cached_property
from typing import Final

import httpcore2

from app.domain.core import strict_json
from app.domain.core.text import unstorable
from app.domain.glosses.glosses import LONGEST_TRANSLATION, MachineTranslation, TranslationFailed
from app.domain.webhooks.ssrf import DestinationRefused, destination
from app.worker.webhook_sender import PinnedBackend

TIMEOUT_S: Final = 10.0
"""For one request in all, the answer included."""

_MOST_BYTES: Final = 256 * 1024
_LONGEST_NAME: Final = 100
_OK: Final = 200


class TranslationProvider:
    """`app.services.glosses.ports.Translate`: the contract of docs/translation.md. Redirects are not followed.

    `named_hosts` may be internal, and without TLS.
    """

    def __init__(self, url: str, secret: str, named_hosts: Collection[str], timeout_s: float = TIMEOUT_S):
        self._url = url
        self._secret = secret
        self._named_hosts = frozenset(named_hosts)
        self._timeout_s = timeout_s

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return httpcore2.default_ssl_context()

    def __call__(self, text: str, source: str, target: str) -> MachineTranslation:
        body = json.dumps({"text": text, "source": source, "target": target}, ensure_ascii=False).encode()
        try:
            return _read(self._post(body))
        except DestinationRefused as refused:
            raise TranslationFailed("address", f"has an address that {refused}") from refused
        except (httpcore2.TimeoutException, TimeoutError) as error:
            raise TranslationFailed("slow", f"did not answer within {self._timeout_s:g} seconds") from error
        except (httpcore2.NetworkError, httpcore2.ProtocolError, ssl.SSLError, OSError) as error:
            raise TranslationFailed("unreachable", f"cannot be reached: {type(error).__name__}") from error

    def _post(self, body: bytes) -> bytes:
        to = destination(self._url, self._named_hosts)
        backend = PinnedBackend(to, time.monotonic() + self._timeout_s)
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "Refrain/1"}
        if self._secret:
            headers["Authorization"] = f"Bearer {self._secret}"
        with (
            httpcore2.ConnectionPool(ssl_context=self._tls, network_backend=backend, max_connections=1) as pool,
            pool.stream("POST", to.url, headers=list(headers.items()), content=body) as answer,
        ):
            if answer.status != _OK:
                raise TranslationFailed("status", f"answered with status {answer.status}")
            content = b""
            for chunk in answer.iter_stream():
                content += chunk
                if len(content) > _MOST_BYTES:
                    raise TranslationFailed("long", f"answered with more than {_MOST_BYTES:,} bytes")
            return content


def _read(content: bytes) -> MachineTranslation:
    try:
        answer = strict_json.loads(content)
    except ValueError as error:
        raise TranslationFailed("answer", "did not answer with JSON") from error
    text, provider = (answer.get("text"), answer.get("provider")) if isinstance(answer, dict) else (None, None)
    if not isinstance(text, str) or not text.strip() or unstorable(text):
        raise TranslationFailed("answer", "answered without a text")
    if len(text) > LONGEST_TRANSLATION:
        raise TranslationFailed("long", f"answered with more than {LONGEST_TRANSLATION:,} characters")
    if not isinstance(provider, str) or not provider.strip() or unstorable(provider):
        raise TranslationFailed("answer", "answered without its name")
    return MachineTranslation(text.strip(), provider.strip()[:_LONGEST_NAME])
