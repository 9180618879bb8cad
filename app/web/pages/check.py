"""The page of one check: static, with no check in it. The reader's own key fetches the check into it."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from app.web.pages.static_page import static_page

router = APIRouter(include_in_schema=False)


@router.get("/checks/{check_id}")
async def check_page(check_id: str) -> HTMLResponse:
    """The same page for every check, whether it exists or not: only the API, asked with a key, tells."""
    del check_id
    return static_page("check")
