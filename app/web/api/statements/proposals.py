"""`/v1/proposals`: changes of what another organisation brought, proposed and decided."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.domain.checks.reviews import Actor
from app.domain.statements.proposals import ProposalState
from app.schemas.proposals import ProposalDecisionIn, ProposalIn, ProposalList, ProposalOut
from app.web.api.answers import answers
from app.web.deps import MayAdminister, MayRead, MayWrite, TheServices
from app.web.json_route import JsonRoute
from app.web.pagination import ThePage

router = APIRouter(prefix="/proposals", tags=["statements"], route_class=JsonRoute)


@router.post("", status_code=201, operation_id="createProposal", responses=answers(400, 401, 403, 409, 413, 422))
def create_proposal(body: ProposalIn, services: TheServices, key: MayWrite) -> ProposalOut:
    """Proposes a change of a statement, a narrative or a finding that another organisation brought."""
    proposals, organisation = services.propose_changes, key.organisation
    draft = body.drafted(organisation, Actor(key.id, key.name), proposals.clock())
    return ProposalOut.shown(proposals.propose(draft, organisation), organisation)


@router.get("", operation_id="listProposals", responses=answers(401, 403, 422))
def list_proposals(
    services: TheServices,
    key: MayRead,
    page: ThePage,
    state: Annotated[ProposalState | None, Query(description="Absent: all.")] = None,
) -> ProposalList:
    """Proposals that your organisation made or may decide, the newest first; for the operator's, all."""
    found = services.propose_changes.find(key.organisation, state, page.before, page.limit + 1)
    entries, cursor = page.of(found, lambda entry: entry[0])
    items = [ProposalOut.shown(proposal, key.organisation) for _, proposal in entries]
    return ProposalList(items=items, next_cursor=cursor)


@router.get("/{proposal_id}", operation_id="getProposal", responses=answers(401, 403, 404))
def get_proposal(proposal_id: str, services: TheServices, key: MayRead) -> ProposalOut:
    """Returns a proposal."""
    return ProposalOut.shown(services.propose_changes.get(proposal_id, key.organisation), key.organisation)


@router.post(
    "/{proposal_id}/decision",
    operation_id="decideProposal",
    responses=answers(400, 401, 403, 404, 409, 413, 422),
)
def decide_proposal(
    proposal_id: str, body: ProposalDecisionIn, services: TheServices, key: MayAdminister
) -> ProposalOut:
    """Accepts or refuses a proposal, as an admin of who brought the thing or of the operator."""
    decided = services.propose_changes.decide(proposal_id, body.decision, body.reason, key)
    return ProposalOut.shown(decided, key.organisation)
