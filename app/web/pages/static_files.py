"""Static assets at addresses that change with their content, so that browsers cache them."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs

from fastapi.staticfiles import StaticFiles
from starlette.responses import Response
from starlette.types import Scope

STATIC: Final = Path(__file__).parent / "static"
_FOR_A_YEAR: Final = "public, max-age=31536000, immutable"
_ASK_FIRST: Final = "no-cache"


@cache
def _version(name: str) -> str:
    return sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def static_url(name: str) -> str:
    """The address of an asset in the version that is installed."""
    return f"/static/{name}?v={_version(name)}"


class CachedFiles(StaticFiles):
    """Kept for a year where the address names the version; otherwise browsers ask whether it changed."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        named = parse_qs(scope["query_string"].decode("latin-1")).get("v")
        cacheable = answer.status_code == 200 and named == [_version(path)]
        answer.headers["Cache-Control"] = _FOR_A_YEAR if cacheable else _ASK_FIRST
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer


def static_files() -> CachedFiles:
    """Application mounted at /static."""
    return CachedFiles(directory=STATIC)
