"""`/v1/organisations/{id}/withdrawals`: all that an organisation contributed, withdrawn and restored."""

from fastapi import APIRouter

from app.schemas.withdrawals import WithdrawalIn, WithdrawalList, WithdrawalOut, WithdrawnOut
from app.web.api.answers import answers
from app.web.deps import MayAdminister, TheServices
from app.web.json_route import JsonRoute

router = APIRouter(prefix="/organisations/{organisation_id}/withdrawals", tags=["access"], route_class=JsonRoute)


@router.post(
    "", status_code=201, operation_id="withdrawContributions", responses=answers(400, 401, 403, 404, 409, 413, 422)
)
def withdraw_contributions(
    organisation_id: str, body: WithdrawalIn, services: TheServices, key: MayAdminister
) -> WithdrawnOut:
    """Withdraws what an organisation contributed to the shared archive; for admin keys of the operator's."""
    withdrawal, counts = services.withdraw_contributions(organisation_id, body.moment, body.reason, key)
    services.archive.sync()
    return WithdrawnOut.counted(withdrawal, counts)


@router.get("", operation_id="listWithdrawals", responses=answers(401, 403, 404))
def list_withdrawals(organisation_id: str, services: TheServices, key: MayAdminister) -> WithdrawalList:
    """Withdrawals of what an organisation contributed, the newest first; its own, or for the operator's any."""
    found = services.withdraw_contributions.find(organisation_id, key)
    return WithdrawalList(items=[WithdrawalOut.model_validate(withdrawal) for withdrawal in found])


@router.delete(
    "/{withdrawal_id}", status_code=204, operation_id="restoreContributions", responses=answers(401, 403, 404)
)
def restore_contributions(organisation_id: str, withdrawal_id: str, services: TheServices, key: MayAdminister) -> None:
    """Brings back what a withdrawal took; for admin keys of the operator's. Twice is no error."""
    services.withdraw_contributions.restore(organisation_id, withdrawal_id, key)
    services.archive.sync()
