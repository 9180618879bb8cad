"""Webhook sender: connects to verified addresses only, with a limit on everything."""

import json
import socket
import ssl
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import Any, Final

import httpcore2
from standardwebhooks import Webhook as Signer

from app.domain.webhooks.ssrf import Destination, DestinationRefused, destination, refuse_internal
from app.domain.webhooks.webhooks import Attempt, Event, SigningSecrets, Webhook, cloud_event

ChatMessage = Callable[[Webhook, Event], Mapping[str, Any] | None]
"""The message that a webhook of a chat receives for an event; None for a webhook that receives events themselves."""

TIMEOUT_S: Final = 10.0
"""For one attempt in all, from looking the host up to the last header of the answer; its body is not read."""

_CLOUD_EVENT = "application/cloudevents+json; charset=utf-8"
_JSON = "application/json; charset=utf-8"
_WAITING = (429, 503)
"""Statuses whose `Retry-After` is honoured."""
_USER_AGENT = "Refrain-Webhooks/1"


class Sender:
    """`app.services.webhooks.ports.Send` over HTTP. Redirects are answers like others, and are not followed."""

    def __init__(self, named_hosts: Collection[str], chat_message: ChatMessage = lambda *_: None):
        self._named_hosts = frozenset(named_hosts)
        self._chat_message = chat_message

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return httpcore2.default_ssl_context()

    def check(self, url: str) -> None:
        """Raises `DestinationRefused` for an address that nothing may be sent to."""
        check_destination(url, self._named_hosts)

    def __call__(self, webhook: Webhook, signing: SigningSecrets, event: Event, source: str, at: datetime) -> Attempt:
        """Sends one attempt; errors are returned in it, never raised."""
        message = self._chat_message(webhook, event)
        content = cloud_event(event, source) if message is None else message
        body = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        began = time.monotonic()
        status: int | None = None
        retry_after_s: float | None = None
        error: str | None = None
        try:
            status, retry_after_s = self._post(
                destination(webhook.url, self._named_hosts),
                body,
                {
                    "Content-Type": _CLOUD_EVENT if message is None else _JSON,
                    **_signature_headers(signing.valid_at(at), event.id, body),
                },
            )
        except DestinationRefused as refused:
            error = f"the address {refused}"
        except (httpcore2.TimeoutException, TimeoutError):
            error = f"no answer within {TIMEOUT_S:g} seconds"
        except (httpcore2.NetworkError, httpcore2.ProtocolError, ssl.SSLError, OSError, ValueError) as failure:
            error = f"{type(failure).__name__}: {failure}"[:200]
        return Attempt(at, status, error, round((time.monotonic() - began) * 1000), retry_after_s)

    def _post(self, to: Destination, body: str, headers: dict[str, str]) -> tuple[int, float | None]:
        """The status of the response, and the seconds of its `Retry-After`."""
        backend = PinnedBackend(to, time.monotonic() + TIMEOUT_S)
        with (
            httpcore2.ConnectionPool(ssl_context=self._tls, network_backend=backend, max_connections=1) as pool,
            pool.stream("POST", to.url, headers=list(headers.items()), content=body.encode()) as answer,
        ):
            return _read_head(answer)


def check_destination(url: str, named_hosts: Collection[str]) -> None:
    """Raises `DestinationRefused` for an address that no request may go to."""
    to = destination(url, named_hosts)
    if not to.named:
        _addresses(to.host, to.port)


def _signature_headers(secrets: Sequence[str], event_id: str, body: str) -> dict[str, str]:
    """The headers of Standard Webhooks; a timestamp of its own for each attempt, so that receivers refuse old ones."""
    now = datetime.now(UTC)
    signatures = " ".join(Signer(secret).sign(event_id, now, body) for secret in secrets)
    return {
        "User-Agent": _USER_AGENT,
        "webhook-id": event_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signatures,
    }


def _read_head(answer: httpcore2.Response) -> tuple[int, float | None]:
    status = int(answer.status)
    named = {name.lower(): value for name, value in answer.headers}
    return status, retry_after_s(named.get(b"retry-after", b"").decode("latin-1")) if status in _WAITING else None


def retry_after_s(header: str) -> float | None:
    """Seconds that a `Retry-After` header asks to wait: a number, or a date. None for what is neither."""
    if header.strip().isdecimal():
        return float(header)
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _addresses(host: str, port: int, *, judged: bool = True) -> list[str]:
    """Addresses of a host. Raises `DestinationRefused` where there is none, or one of them is internal."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError) as error:
        raise DestinationRefused("has a host that cannot be looked up") from error
    addresses = list(dict.fromkeys(str(info[4][0]) for info in found))
    if judged:
        for address in addresses:
            refuse_internal(address)
    return addresses


class PinnedBackend(httpcore2.NetworkBackend):
    """Connects to an address that has just been judged: the name is not looked up again in between."""

    def __init__(self, to: Destination, deadline: float):
        self._to = to
        self._deadline = deadline
        self._plain = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        addresses = _addresses(host, port, judged=not self._to.named)
        for last, address in ((address is addresses[-1], address) for address in addresses):
            try:
                left = _remaining_s(self._deadline, timeout)
                stream = self._plain.connect_tcp(address, port, left, local_address, socket_options)
                return _DeadlineStream(stream, self._deadline)
            except httpcore2.ConnectError:
                if last:
                    raise
        raise DestinationRefused("has a host without addresses")


class _DeadlineStream(httpcore2.NetworkStream):
    """Stream with a deadline, however slowly the other side answers."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float):
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _remaining_s(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _remaining_s(self._deadline, timeout))

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        secure = self._stream.start_tls(ssl_context, server_hostname, _remaining_s(self._deadline, timeout))
        return _DeadlineStream(secure, self._deadline)

    def close(self) -> None:
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _remaining_s(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return min(left, timeout) if timeout else left
