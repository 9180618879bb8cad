"""Requests to the service: one at a time, with a key; what is refused becomes a readable `ToolError`."""

from collections.abc import Mapping
from typing import Any, Final

import httpx2
from mcp.server.mcpserver.exceptions import ToolError

_TIMEOUT_S: Final = 75.0
"""Longer than the service works on a request."""
_MOST_BYTES: Final = 32 * 1024 * 1024
_ADVICE: Final = {
    401: "Give a key of the service: REFRAIN_API_KEY, or the Authorization header over HTTP.",
    403: "The key needs the scopes check and read.",
}


class Service:
    """A service of Refrain at `base_url`. Close it with `aclose`."""

    def __init__(self, base_url: str, http: httpx2.AsyncClient | None = None):
        self._base = base_url.rstrip("/")
        self._http = http or httpx2.AsyncClient(timeout=_TIMEOUT_S)

    async def ask(
        self, key: str, method: str, path: str, *, query: Mapping[str, Any] | None = None, body: Any = None
    ) -> Any:
        """The JSON answer to a request below `/v1`. Raises `ToolError` with what is wrong, and what to do."""
        asked = {name: str(value) for name, value in (query or {}).items() if value is not None}
        headers = {"Authorization": f"Bearer {key}", "Accept": "application/json, application/problem+json"}
        try:
            request = self._http.build_request(
                method, f"{self._base}/v1/{path}", params=asked, json=body, headers=headers
            )
            answer = await self._http.send(request)
        except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeEncodeError) as error:
            raise ToolError(f"The service at {self._base} gives no answer ({type(error).__name__}).") from error
        if len(answer.content) > _MOST_BYTES:
            raise ToolError("The answer is too large: ask for less.")
        try:
            said = answer.json()
        except ValueError as error:
            raise ToolError(f"What answers at {self._base} is no service of Refrain.") from error
        if not answer.is_success:
            raise ToolError(_refusal(answer, said))
        return said

    async def aclose(self) -> None:
        """Closes its connections."""
        await self._http.aclose()


def _refusal(answer: httpx2.Response, said: Any) -> str:
    """A refusal in words: the problem's detail, the fields at fault, and when to try again."""
    problem = said if isinstance(said, dict) else {}
    sentences = [
        f"{problem.get('title') or 'Refused'} ({answer.status_code}): {problem.get('detail') or ''}".strip(": ")
    ]
    sentences += [
        f"{fault.get('pointer') or fault.get('parameter') or ''}: {fault.get('detail') or ''}"
        for fault in problem.get("errors") or ()
        if isinstance(fault, dict)
    ]
    if answer.status_code in _ADVICE:
        sentences.append(_ADVICE[answer.status_code])
    if retry_after := answer.headers.get("retry-after"):
        sentences.append(f"Try again after {retry_after} seconds.")
    return "\n".join(sentences)[:2_000]
