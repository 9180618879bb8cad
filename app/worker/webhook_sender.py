"""Webhook sender: connects to verified addresses only, with a limit on everything."""

import json
import socket
import ssl
import time
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Final

import httpcore2
from standardwebhooks import Webhook as Signer

from app.domain.webhooks.ssrf import Destination, DestinationRefused, destination, refuse_internal
from app.domain.webhooks.webhooks import Attempt, Event, SigningSecrets, Webhook, cloud_event

TIMEOUT_S: Final = 10.0
"""For one attempt in all, from looking the host up to the last header of the answer; its body is not read."""

_CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"
_USER_AGENT = "Refrain-Webhooks/1"


class Sender:
    """`app.services.webhooks.ports.Send` over HTTP. Redirects are answers like others, and are not followed."""

    def __init__(self, named_hosts: Collection[str]):
        self._named_hosts = frozenset(named_hosts)

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return httpcore2.default_ssl_context()

    def check(self, url: str) -> None:
        """Raises `DestinationRefused` for an address that nothing may be sent to."""
        to = destination(url, self._named_hosts)
        if not to.named:
            _addresses(to.host, to.port)

    def __call__(self, webhook: Webhook, signing: SigningSecrets, event: Event, source: str, at: datetime) -> Attempt:
        """Sends one attempt; errors are returned in it, never raised."""
        body = json.dumps(cloud_event(event, source), ensure_ascii=False, separators=(",", ":"))
        began = time.monotonic()
        status: int | None = None
        error: str | None = None
        try:
            status = self._post(
                destination(webhook.url, self._named_hosts),
                body,
                _signature_headers(signing.valid_at(at), event.id, body),
            )
        except DestinationRefused as refused:
            error = f"the address {refused}"
        except (httpcore2.TimeoutException, TimeoutError):
            error = f"no answer within {TIMEOUT_S:g} seconds"
        except (httpcore2.NetworkError, httpcore2.ProtocolError, ssl.SSLError, OSError, ValueError) as failure:
            error = f"{type(failure).__name__}: {failure}"[:200]
        return Attempt(at, status, error, round((time.monotonic() - began) * 1000))

    def _post(self, to: Destination, body: str, headers: dict[str, str]) -> int:
        backend = PinnedBackend(to, time.monotonic() + TIMEOUT_S)
        with (
            httpcore2.ConnectionPool(ssl_context=self._tls, network_backend=backend, max_connections=1) as pool,
            pool.stream("POST", to.url, headers=list(headers.items()), content=body.encode()) as answer,
        ):
            return int(answer.status)


def _signature_headers(secrets: Sequence[str], event_id: str, body: str) -> dict[str, str]:
    """The headers of Standard Webhooks; a timestamp of its own for each attempt, so that receivers refuse old ones."""
    now = datetime.now(UTC)
    signatures = " ".join(Signer(secret).sign(event_id, now, body) for secret in secrets)
    return {
        "Content-Type": _CONTENT_TYPE,
        "User-Agent": _USER_AGENT,
        "webhook-id": event_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signatures,
    }


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
