"""Administration: organisations, quotas in use, jobs, index and models, the scoring model in force."""

from typing import Any, Final

from fastapi import Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.domain.core.errors import Conflict
from app.domain.core.messages import Messages
from app.domain.jobs.jobs import JobKind
from app.services.administration.thresholds import FEW, ThresholdEffects
from app.services.health.monitor import HealthMonitor
from app.services.jobs.run_jobs import JobCannotBeRetried
from app.web.deps import TheServices
from app.web.pages import flash
from app.web.pages.access.session import AnAdmin, pages
from app.web.pages.rendering import messages_of, render
from app.web.pages.statements.archive_forms import AnId

router = pages()
_JOBS: Final = 25


@router.get("/administration")
def start() -> Response:
    """The first of its pages."""
    return RedirectResponse("/administration/organisations", 303)


@router.get("/administration/organisations")
def organisations(request: Request, services: TheServices, admin: AnAdmin) -> Response:
    """Organisations with their numbers: all of them for the operator's admins, else the reader's own."""
    listed = services.read_administration.organisations(admin.account)
    return render(request, "administration/organisations.html", listed=listed)


@router.post("/administration/organisations/{organisation_id}/close")
def close_organisation(organisation_id: AnId, services: TheServices, admin: AnAdmin) -> Response:
    """Closes an organisation; for admins of the operator's."""
    answer = RedirectResponse("/administration/organisations", 303)
    try:
        closed = services.manage_organisations.close(organisation_id, admin.account)
    except Conflict:
        flash.set_notice(answer, flash.Notice("administration-stays-open", tone="bad"))
    else:
        undo = f"/administration/organisations/{closed.id}/reopen"
        flash.set_notice(answer, flash.Notice("administration-closed", {"name": closed.name}, undo=undo))
    return answer


@router.post("/administration/organisations/{organisation_id}/reopen")
def reopen_organisation(organisation_id: AnId, services: TheServices, admin: AnAdmin) -> Response:
    """Opens a closed organisation again; for admins of the operator's."""
    opened = services.manage_organisations.reopen(organisation_id, admin.account)
    answer = RedirectResponse("/administration/organisations", 303)
    flash.set_notice(answer, flash.Notice("administration-reopened", {"name": opened.name}))
    return answer


@router.get("/administration/quotas")
def quotas(request: Request, services: TheServices, admin: AnAdmin) -> Response:
    """The share of its quotas that the organisation and its keys have used."""
    return render(request, "administration/quotas.html", quotas=services.read_administration.quotas(admin.organisation))


@router.get("/administration/jobs")
def jobs(request: Request, services: TheServices, admin: AnAdmin) -> Response:
    """Imports and bulk checks of the organisation with their progress."""
    found = services.read_administration.jobs(admin.organisation, _JOBS)
    return render(request, "administration/jobs.html", part="list", jobs=found)


@router.post("/administration/jobs/{kind}/{job_id}/cancel")
def cancel(kind: JobKind, job_id: AnId, services: TheServices, admin: AnAdmin) -> Response:
    """Cancels a job; completed parts stay."""
    answer = RedirectResponse("/administration/jobs", 303)
    try:
        services.run_jobs.cancel(admin.organisation, kind, job_id)
    except Conflict:
        flash.set_notice(answer, flash.Notice("administration-job-ended", tone="bad"))
    else:
        flash.set_notice(answer, flash.Notice("administration-job-cancelled"))
    return answer


@router.post("/administration/jobs/{kind}/{job_id}/retry")
def retry(kind: JobKind, job_id: AnId, services: TheServices, admin: AnAdmin) -> Response:
    """Tries a job again that failed."""
    answer = RedirectResponse("/administration/jobs", 303)
    try:
        services.run_jobs.retry(admin.organisation, kind, job_id)
    except JobCannotBeRetried as error:
        flash.set_notice(answer, flash.Notice(f"administration-retry-{error.why}", tone="bad"))
    else:
        flash.set_notice(answer, flash.Notice("administration-job-retried"))
    return answer


@router.get("/administration/index")
def index(request: Request, services: TheServices, admin: AnAdmin) -> Response:
    """The index and the models in use, and whether the service is ready."""
    monitor: HealthMonitor = request.app.state.monitor
    health = monitor.health()
    figures = services.read_figures()
    return render(
        request,
        "administration/index.html",
        health=health,
        ready=not health.reasons and services.archive.ready,
        archive=services.archive,
        figures=figures,
        backlog=services.archive.backlog(),
        engine=services.chosen_index.index_url.partition(":")[0],
        index=services.chosen_index,
        embedder=services.encoder.name,
        policy=services.policy,
        mebibytes=2**20,
    )


@router.get("/administration/scoring")
def scoring(request: Request, services: TheServices, admin: AnAdmin) -> Response:
    """The scoring model in force, and what a moved flag threshold would change by this archive's own reviews."""
    effects = services.read_thresholds(admin.organisation)
    return render(
        request,
        "administration/scoring.html",
        policy=services.policy,
        effects=effects,
        few=FEW,
        chart=threshold_chart(effects, messages_of(request)),
    )


def threshold_chart(effects: ThresholdEffects, messages: Messages) -> dict[str, Any]:
    """Line of the share of confirmed flags with its interval, and bars of the number of flags, by threshold."""
    say = messages.format_message
    known = [(point, point.share, point.interval) for point in effects.points if point.interval]
    share = [[point.threshold, _percent(of)] for point, of, _ in known if of is not None]
    low = [[point.threshold, _percent(interval[0])] for point, _, interval in known if interval]
    high = [[point.threshold, _percent(interval[1])] for point, _, interval in known if interval]
    dashed = {"type": "line", "symbol": "none", "lineStyle": {"type": "dashed", "width": 1}}
    in_force = {
        "symbol": "none",
        "precision": 4,
        "label": {"formatter": say("administration-in-force"), "position": "insideEndTop"},
        "data": [{"xAxis": round(effects.in_force, 4)}],
    }
    return {
        "legend": {"bottom": 0},
        "grid": {"left": 8, "right": 8, "top": 28, "bottom": 60, "containLabel": True},
        "tooltip": {"trigger": "axis"},
        "xAxis": {"type": "value", "min": "dataMin", "max": 1, "name": "", "axisLabel": {"hideOverlap": True}},
        "yAxis": [
            {"type": "value", "min": 0, "max": 100, "axisLabel": {"formatter": "{value} %"}},
            {"type": "value", "min": 0, "minInterval": 1, "splitLine": {"show": False}},
        ],
        "series": [
            {
                "type": "bar",
                "name": say("administration-flags"),
                "yAxisIndex": 1,
                "barMaxWidth": 6,
                "itemStyle": {"opacity": 0.45},
                "data": [[point.threshold, point.flags] for point in effects.points],
            },
            {
                "type": "line",
                "name": say("administration-share"),
                "symbol": "circle",
                "lineStyle": {"width": 2},
                "data": share,
                "markLine": in_force,
            },
            {**dashed, "name": say("administration-low"), "data": low},
            {**dashed, "name": say("administration-high"), "data": high},
        ],
    }


def _percent(share: float) -> float:
    return round(100 * share, 1)
