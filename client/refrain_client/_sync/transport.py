"""Requests, sent again where that helps, and their answers."""

import random
import time
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar
from urllib.parse import quote
from uuid import uuid4

import httpx

from refrain_client.bodies import as_json, as_query
from refrain_client.decoding import decode
from refrain_client.errors import ConnectionFailed, NotFound, ProblemError, RefrainError, UnexpectedAnswer, error_of
from refrain_client.retries import Retries

T = TypeVar("T")
_PAGE = 100
_JSON = "application/json"


class Transport:
    """Sends requests to one service with one key."""

    def __init__(self, base_url: str, key: str, retries: Retries, http: httpx.Client):
        self._base = base_url.rstrip("/") + "/v1"
        self._key = key
        self._retries = retries
        self._http = http

    def ask(
        self,
        method: str,
        path: tuple[str, ...],
        *,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        content: tuple[str, bytes] | None = None,
        idempotency_key: str | None = None,
    ) -> Any:
        """The answer to a request, as JSON; None where it has no body. `content` is a media type and bytes."""
        media_type, sent = content or (_JSON, b"" if body is None else as_json(body))
        headers = self._headers(method, media_type if sent else None, idempotency_key)
        request = self._http.build_request(
            method, self._address(path), params=as_query(query or {}), content=sent, headers=headers
        )
        answer = self._send(request)
        if answer.status_code in (204, 404):
            return None
        try:
            return answer.json()
        except ValueError as error:
            raise UnexpectedAnswer("the service answered with what is no JSON") from error

    def pages(self, path: tuple[str, ...], kind: type[T], query: Mapping[str, Any] | None = None) -> Iterator[T]:
        """All entries of a list, page after page, as they are asked for."""
        cursor = None
        while True:
            page = self.ask("GET", path, query={"limit": _PAGE, "cursor": cursor, **(query or {})})
            for one in page["items"]:
                yield decode(kind, one)
            cursor = page.get("next_cursor")
            if cursor is None:
                return

    def lines(self, path: tuple[str, ...]) -> Iterator[str]:
        """The lines of an answer, as they come. What breaks off is not taken up again."""
        request = self._http.build_request("GET", self._address(path), headers=self._headers("GET", None, None))
        answer = self._send(request, stream=True)
        try:
            for line in answer.iter_lines():
                yield line
        except httpx.TransportError as error:
            raise ConnectionFailed("the answer broke off: ask again") from error
        finally:
            answer.close()

    def parts(self, path: tuple[str, ...], query: Mapping[str, str] | None = None) -> Iterator[bytes]:
        """The bytes of an answer, as they come. What breaks off is not taken up again."""
        headers = self._headers("GET", None, None)
        request = self._http.build_request("GET", self._address(path), headers=headers, params=query)
        answer = self._send(request, stream=True)
        try:
            for part in answer.iter_bytes():
                yield part
        except httpx.TransportError as error:
            raise ConnectionFailed("the answer broke off: ask again") from error
        finally:
            answer.close()

    def close(self) -> None:
        self._http.close()

    def _send(self, request: httpx.Request, *, stream: bool = False) -> httpx.Response:
        """A successful answer, or the 404 to a DELETE of what is gone since the answer to the first try was lost."""
        ends = time.monotonic() + self._retries.deadline_s
        attempts, lost = 0, False
        while True:
            attempts += 1
            left = max(0.001, min(self._retries.attempt_s, ends - time.monotonic()))
            request.extensions["timeout"] = httpx.Timeout(left if self._retries.deadline_s else None).as_dict()
            failure: RefrainError
            retry_after_s = None
            try:
                answer = self._http.send(request, stream=stream)
                if answer.is_success:
                    return answer
                answer.read()
            except httpx.TransportError as error:
                failure = ConnectionFailed(
                    f"no answer from {request.url.host}: {type(error).__name__} {error}".rstrip()
                )
                failure.__cause__ = error
                lost = True
            else:
                failure = error_of(answer)
                if lost and request.method == "DELETE" and isinstance(failure, NotFound):
                    return answer
                if not isinstance(failure, ProblemError) or not failure.transient:
                    raise failure
                lost = lost or failure.problem.status in (502, 503, 504)
                retry_after_s = failure.retry_after_s
            wait_s = self._retries.wait_s(attempts, retry_after_s, random.random())  # noqa: S311 - spreads, hides nothing
            if time.monotonic() + wait_s >= ends:
                raise failure
            time.sleep(wait_s)

    def _address(self, path: tuple[str, ...]) -> str:
        return "/".join((self._base, *(quote(part, safe="") for part in path)))

    def _headers(self, method: str, media_type: str | None, idempotency_key: str | None) -> dict[str, str]:
        """One idempotency key for a call, however often it is sent."""
        headers = {"Authorization": f"Bearer {self._key}", "Accept": f"{_JSON}, application/problem+json, */*;q=0.1"}
        if media_type:
            headers["Content-Type"] = media_type
        if method == "POST":
            headers["Idempotency-Key"] = idempotency_key or str(uuid4())
        return headers
