"""Overview: the first page after signing in."""

from collections.abc import Sequence
from typing import Final

from fastapi import Request
from starlette.responses import Response

from app.domain.desk.annotations import Facet
from app.domain.narratives.activity import LEAST_GROWN, PAUSE, RECENT
from app.domain.overview import overview as rules
from app.domain.overview.agreement import ENOUGH
from app.services.overview.read_overview import COUNTED, JUDGEMENTS
from app.services.predictions.ports import SOON
from app.web.deps import TheServices
from app.web.pages.access.session import AReader, pages
from app.web.pages.overview import overview_charts as charts
from app.web.pages.rendering import messages_of, render

router = pages()
_RULES: Final = {
    "days": rules.DAYS,
    "grows_from": LEAST_GROWN,
    "recent_days": RECENT.days,
    "pause_days": PAUSE.days,
    "enough": ENOUGH,
    "judgements": JUDGEMENTS,
    "counted": COUNTED,
    "soon_days": SOON.days,
}


@router.get("/overview")
def overview_page(request: Request, services: TheServices, reader: AReader) -> Response:
    """The overview of the desk: incoming, waiting and moving; each figure is a link into its list."""
    messages = messages_of(request)
    read = services.read_overview(reader.organisation)
    languages = [
        (facet, messages.format_message("language-name", code=facet.value or "und")) for facet in read.languages
    ]
    outlets = _labelled(read.outlets)
    flags = messages.format_message("overview-flags")
    return render(
        request,
        "overview.html",
        active="overview",
        read=read,
        rules=_RULES,
        states=charts.STATES,
        waits_days=(read.at - read.oldest.since).days if read.oldest else 0,
        languages=languages,
        outlets=outlets,
        by_day=charts.flags_by_day(read.days, messages),
        by_language=charts.most_frequent(languages, "language", flags),
        by_outlet=charts.most_frequent(outlets, "source", flags),
        day_url=charts.day_url,
        facet_url=charts.facet_url,
    )


def _labelled(facets: Sequence[Facet]) -> list[tuple[Facet, str]]:
    return [(facet, facet.label) for facet in facets]
