"""Fetching from the public web: verified addresses only, robots.txt honoured, with a limit on everything.

Redirects are followed by hand, so that each address is judged as the first was. There are no cookies and no referrer.
"""

import ssl
import threading
import time
import zlib
from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import httpcore2

from app.domain.webhooks.ssrf import DestinationRefused, destination
from app.services.sources.ports import Fetched, FetchFailed
from app.worker.robots import Robots
from app.worker.webhook_sender import PinnedBackend, check_destination, retry_after_s

TIMEOUT_S: Final = 30.0
"""For one fetch in all: robots.txt, redirects and the whole body."""
USER_AGENT: Final = "Refrain"
"""Product token, by which robots.txt names this program."""

_MOST_REDIRECTS: Final = 5
_REDIRECTS: Final = (301, 302, 303, 307, 308)
_MOST_ROBOTS_BYTES: Final = 512 * 1024
_LONGEST_PAUSE_S: Final = 10.0
_MOST_HOSTS: Final = 1_000
_NOT_MODIFIED: Final = 304


class WebFetch:
    """`app.services.sources.ports.Fetch`. Safe to use from several threads.

    `contact`: address that the user agent names; empty: none. `pause_s`: least time between two requests to a host.
    """

    def __init__(
        self,
        named_hosts: Collection[str],
        contact: str,
        pause_s: float = 1.0,
        sleep: Callable[[float], None] = time.sleep,
    ):
        self._named_hosts = frozenset(named_hosts)
        self._user_agent = (
            f"{USER_AGENT}/1 (reads news feeds{f'; +{contact}' if contact.isascii() and contact else ''})"
        )
        self._pause_s = pause_s
        self._sleep = sleep
        self._robots = Robots(self._fetch_robots, USER_AGENT)
        self._guard = threading.Lock()
        self._next_at: dict[str, float] = {}

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return httpcore2.default_ssl_context()

    def check(self, url: str) -> None:
        """Raises `DestinationRefused` for an address from which nothing may be fetched."""
        check_destination(url, self._named_hosts)

    def __call__(
        self, url: str, most_bytes: int, accept: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Fetched:
        headers = {"Accept": accept}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        return self._follow(url, most_bytes, headers, time.monotonic() + TIMEOUT_S, obey_robots=True)

    def _follow(
        self, url: str, most_bytes: int, headers: Mapping[str, str], deadline: float, *, obey_robots: bool
    ) -> Fetched:
        for _ in range(_MOST_REDIRECTS + 1):
            if obey_robots:
                self._be_polite(url, deadline)
            answer = self._get(url, most_bytes, headers, deadline)
            if isinstance(answer, Fetched):
                return answer
            url = urljoin(url, answer)
        raise FetchFailed(f"leads on more than {_MOST_REDIRECTS} times")

    def _be_polite(self, url: str, deadline: float) -> None:
        """Asks robots.txt, and waits until the host may be asked again."""
        rules = self._robots.rules_of(_origin(url), deadline)
        if not rules.allows(url):
            unknown = f"its robots.txt cannot be asked: {rules.failure}" if rules.failure else None
            raise FetchFailed(unknown or "its robots.txt does not allow that it is read", rules.retry_after_s)
        host = urlsplit(url).netloc
        with self._guard:
            now = time.monotonic()
            if len(self._next_at) > _MOST_HOSTS:
                self._next_at = {known: at for known, at in self._next_at.items() if at > now}
            at = max(now, self._next_at.get(host, now))
            self._next_at[host] = at + max(self._pause_s, min(rules.crawl_delay_s, _LONGEST_PAUSE_S))
        if at >= deadline:
            raise FetchFailed("its host is asked too often: it waits for its turn")
        if at > now:
            self._sleep(at - now)

    def _fetch_robots(self, origin: str, deadline: float) -> bytes:
        """The content of a robots.txt. Raises `FetchFailed`."""
        headers = {"Accept": "text/plain"}
        return self._follow(f"{origin}/robots.txt", _MOST_ROBOTS_BYTES, headers, deadline, obey_robots=False).content

    def _get(self, url: str, most_bytes: int, headers: Mapping[str, str], deadline: float) -> Fetched | str:
        """One request: what was fetched, or where a redirect leads."""
        asked = {**headers, "User-Agent": self._user_agent, "Accept-Encoding": "gzip", "Connection": "close"}
        try:
            to = destination(url, self._named_hosts)
            backend = PinnedBackend(to, deadline)
            with (
                httpcore2.ConnectionPool(ssl_context=self._tls, network_backend=backend, max_connections=1) as pool,
                pool.stream("GET", to.url, headers=list(asked.items())) as answer,
            ):
                return _read(answer, url, most_bytes)
        except DestinationRefused as refused:
            raise FetchFailed(f"the address {refused}") from refused
        except (httpcore2.TimeoutException, TimeoutError) as error:
            raise FetchFailed(f"no answer within {TIMEOUT_S:g} seconds") from error
        except (httpcore2.NetworkError, httpcore2.ProtocolError, ssl.SSLError, OSError, UnicodeError) as failure:
            raise FetchFailed(f"{type(failure).__name__}: {failure}"[:200]) from failure


def _read(answer: httpcore2.Response, url: str, most_bytes: int) -> Fetched | str:
    head = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
    status = int(answer.status)
    media_type, charset = _content_type(head.get("content-type", ""))
    about: dict[str, Any] = {
        "media_type": media_type, "charset": charset, "url": url, "etag": _kept(head.get("etag")),
        "last_modified": _kept(head.get("last-modified")), "fresh_for_s": _max_age_s(head.get("cache-control", "")),
    }  # fmt: skip
    if status == _NOT_MODIFIED:
        return Fetched(content=b"", modified=False, **about)
    if status in _REDIRECTS and head.get("location"):
        return head["location"]
    if status != 200:
        wait = retry_after_s(head.get("retry-after", "")) or 0
        raise FetchFailed(f"answered with status {status}", wait, status)
    return Fetched(content=_body(answer, head.get("content-encoding", ""), most_bytes), **about)


def _body(answer: httpcore2.Response, encoding: str, most_bytes: int) -> bytes:
    """The body, decompressed. Raises `FetchFailed` as soon as it is larger than allowed, however small it came."""
    encoding = encoding.strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise FetchFailed(f"is encoded as {encoding[:40]}, which was not asked for")
    inflate = zlib.decompressobj(31) if encoding.endswith("gzip") else None
    content = bytearray()
    for chunk in answer.iter_stream():
        try:
            content += inflate.decompress(chunk, most_bytes + 1 - len(content)) if inflate else chunk
        except zlib.error as error:
            raise FetchFailed("is damaged: its compression cannot be read") from error
        if len(content) > most_bytes:
            raise FetchFailed(f"is larger than {most_bytes // 1_048_576 or 1} MiB")
    return bytes(content)


def _content_type(header: str) -> tuple[str, str | None]:
    media_type, *parameters = header.split(";")
    charset = next((part.partition("=")[2] for part in parameters if part.strip().lower().startswith("charset=")), "")
    return media_type.strip().lower()[:100], charset.strip().strip("\"'")[:40] or None


def _kept(validator: str | None) -> str | None:
    """A validator that can be sent back as it came."""
    return (
        validator if validator and len(validator) <= 500 and validator.isascii() and validator.isprintable() else None
    )


def _max_age_s(cache_control: str) -> float:
    for directive in cache_control.lower().split(","):
        name, _, value = directive.strip().partition("=")
        if name == "max-age" and value.strip('"').isdecimal():
            return float(value.strip('"')[:12])
    return 0


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
