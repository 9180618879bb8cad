"""Pages that are files: they hold nothing of anybody's, and ask the API with the reader's own key."""

from pathlib import Path
from typing import Final

from fastapi.responses import HTMLResponse

STATIC: Final = Path(__file__).parent / "static"
_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def static_page(name: str) -> HTMLResponse:
    """The page of this name, with a policy that lets nothing in from elsewhere."""
    return HTMLResponse((STATIC / f"{name}.html").read_text("utf-8"), headers=_HEADERS)
