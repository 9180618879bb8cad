"""The page of an organisation's keys: static. A key with the scope `admin` lists, makes, rotates and revokes them."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from app.web.pages.static_page import static_page

router = APIRouter(include_in_schema=False)


@router.get("/keys")
async def keys_page() -> HTMLResponse:
    """The same page for everybody: only the API, asked with a key, tells whose keys there are."""
    return static_page("keys")
