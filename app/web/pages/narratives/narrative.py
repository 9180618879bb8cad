"""One narrative: its timeline, what varies, its statements, its history, and what belongs to it."""

from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.domain.narratives.summaries import TimelineRows
from app.domain.narratives.timeline import distinct_phrases, phrases_of
from app.language.explanation.sentences import outcomes_sentence
from app.web.deps import TheServices
from app.web.pages.access.session import AReader, pages
from app.web.pages.narratives.sparkline import sparkline
from app.web.pages.narratives.timeline_chart import chart_of, row_of
from app.web.pages.rendering import messages_of, render
from app.web.pages.statements.archive_forms import AnId
from app.web.pages.statements.archive_query import PAGE

router = pages()

APage = Annotated[int, Query(ge=1, le=2_000)]


@router.get("/narratives/{narrative_id}")
def narrative_page(
    narrative_id: AnId,
    request: Request,
    services: TheServices,
    reader: AReader,
    page: APage = 1,
    rows: TimelineRows = "speaker",
) -> Response:
    """Shows a narrative with its timeline; the address of one that was merged leads to where it went."""
    past = services.browse_narratives.get(narrative_id, page, PAGE, reader.account, rows)
    narrative = past.timeline.narrative
    if narrative.id != narrative_id:
        return RedirectResponse(f"/narratives/{narrative.id}", 302)
    if past.summary.news:
        services.follow_narratives.looked(reader.account, past.summary.narrative.ref)
    phrases = messages_of(request)
    tally = past.timeline.predictions
    entries = past.timeline.entries[::-1]
    varying = [phrases_of(entry.text, entry.slots) for entry in entries]
    return render(
        request,
        "narratives/narrative.html",
        part="members",
        active="narratives",
        past=past,
        narrative=narrative,
        entries=entries,
        varying=varying,
        distinct=distinct_phrases(varying),
        roles=past.timeline.variable_roles,
        tally=tally,
        ledger=outcomes_sentence(phrases, tally) if tally.count else None,
        chart=chart_of(past.points, rows, services.browse_narratives.clock(), phrases),
        rows=rows,
        row_of=lambda point: row_of(point, rows, phrases),
        sparkline=sparkline,
        followed=past.summary.narrative.followed,
        news=past.summary.news,
        page=page,
        first=(page - 1) * PAGE + 1,
        more=past.count > page * PAGE,
    )
