"""`/v1/me` and `/v1/status`: who is asking, and how the archive stands."""

from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel

from app.domain.statements.statements import LONGEST_TEXT
from app.web.api.answers import answers
from app.web.deps import Caller, TheServices
from app.web.json_route import JsonRoute

router = APIRouter(tags=["service"], route_class=JsonRoute)


class MyKeyOut(BaseModel):
    """The key that asked, by its hint."""

    id: str
    name: str
    hint: str
    created_at: datetime
    expires_at: datetime | None


class MyOrganisationOut(BaseModel):
    """Whose key it is."""

    id: str
    name: str


class LimitsOut(BaseModel):
    """What one request may hold, and how many requests an hour there may be (null: any)."""

    characters_per_text: int = LONGEST_TEXT
    checks_per_batch: int = 100
    matches_per_check: int = 50
    key_per_hour: int | None = None
    organisation_per_hour: int | None = None


class MeOut(BaseModel):
    """The caller."""

    key: MyKeyOut
    organisation: MyOrganisationOut
    scopes: list[str]
    limits: LimitsOut


class IndexOut(BaseModel):
    """How far the index has followed the archive."""

    size: int
    checkpoint: int
    pending: int


class EmbedderOut(BaseModel):
    """Which model embeds."""

    embedder: str
    fingerprint: str
    dimension: int


class PolicyOut(BaseModel):
    """Which cut-offs are in force: on `score`, but for the two of `near_verbatim`, on `wording` and `dense`."""

    version: str
    calibrated: bool
    suggest_at: float
    same_script_at: float
    flag_at: float
    verbatim_wording: float
    verbatim_dense: float


class StatusOut(BaseModel):
    """The archive and what answers from it."""

    ready: bool
    statements: int
    index: IndexOut
    model: EmbedderOut
    policy: PolicyOut


@router.get("/me", operation_id="getMe", responses=answers(401))
def me(services: TheServices, key: Caller) -> MeOut:
    """The key, its organisation, scopes and limits. Asking counts for none of these."""
    shown = MyKeyOut(id=key.id, name=key.name, hint=key.hint, created_at=key.created_at, expires_at=key.expires_at)
    organisation = MyOrganisationOut(id=key.organisation.id, name=key.organisation.name)
    per_hour = {f"{quota.policy}_per_hour": quota.per_hour for quota in services.limit_requests.quotas(key)}
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
