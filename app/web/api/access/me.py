"""`/v1/me` and `/v1/status`: the caller's identity, and the state of the archive."""

from fastapi import APIRouter

from app.schemas.service import (
    EmbedderOut,
    IndexOut,
    LimitsOut,
    MeOut,
    MyKeyOut,
    MyOrganisationOut,
    PolicyOut,
    StatusOut,
)
from app.web.api.answers import answers
from app.web.deps import Caller, TheServices
from app.web.json_route import JsonRoute

router = APIRouter(tags=["service"], route_class=JsonRoute)


@router.get("/me", operation_id="getMe", responses=answers(401))
def me(services: TheServices, key: Caller) -> MeOut:
    """The key, its organisation, scopes and limits. Asking counts for none of these."""
    shown = MyKeyOut(id=key.id, name=key.name, hint=key.hint, created_at=key.created_at, expires_at=key.expires_at)
    organisation = MyOrganisationOut(id=key.organisation.id, name=key.organisation.name)
    per_hour = {f"{quota.policy}_per_hour": quota.per_hour for quota in services.rate_limit.quotas(key)}
    return MeOut(key=shown, organisation=organisation, scopes=sorted(key.scopes), limits=LimitsOut(**per_hour))


@router.get("/status", operation_id="getStatus", responses=answers(401))
def status(services: TheServices, key: Caller) -> StatusOut:
    """Size, checkpoint and backlog of the index, the model and the policy."""
    archive, policy, embedder = services.archive, services.policy, services.encoder
    return StatusOut(
        ready=archive.ready,
        statements=services.search_statements.count(key.organisation),
        index=IndexOut(size=archive.size, checkpoint=archive.checkpoint, pending=archive.backlog()),
        model=EmbedderOut(embedder=embedder.name, fingerprint=embedder.fingerprint, dimension=embedder.dimension),
        policy=PolicyOut(
            version=policy.version,
            calibrated=bool(policy.measured),
            suggest_at=policy.suggest_at,
            flag_at=policy.flag_at,
            verbatim_wording=policy.verbatim_wording,
            same_script_at=policy.same_script_at,
            verbatim_dense=policy.verbatim_dense,
        ),
    )
