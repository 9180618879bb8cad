"""Demo data: incoming statements that `refrain serve` checks against the sample archive, to fill the queue."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from app.admin_wiring import now
from app.domain.access.accounts import Role, one_time_password
from app.domain.access.keys import Organisation
from app.domain.checks.checks import CheckRequest
from app.domain.core.dates import Period, parse_period
from app.domain.core.errors import Conflict
from app.formats.jsonl import read_statements
from app.services import Services
from app.wiring import SAMPLE

_INCOMING = SAMPLE / "incoming.jsonl"
_APART = timedelta(hours=9)
_AT_ONCE = 8
_LOGIN = "demo"


def renew_account(services: Services, organisation: Organisation) -> tuple[str, str]:
    """The login and password of the demo's admin: the password is new in every run."""
    password = one_time_password()
    try:
        services.manage_accounts.create(_LOGIN, "Demo", Role.ADMIN, organisation.name, password)
    except Conflict:
        services.manage_accounts.enable(_LOGIN)
        services.manage_accounts.change_role(_LOGIN, Role.ADMIN)
        services.manage_accounts.reset_password(_LOGIN, password)
    return _LOGIN, password


def demo_statement() -> tuple[str, Period]:
    """The statement that the project started from, and its day."""
    with (SAMPLE / "demo_statements.jsonl").open(encoding="utf-8") as lines:
        record = json.loads(next(lines))
    return record["text"], parse_period(record["said_at"])


@dataclass(frozen=True, slots=True)
class Incoming:
    """Incoming statement and its check, whose id is the same at every load."""

    request: CheckRequest
    check_id: str
    checked_at: datetime


def incoming_statements(organisation: Organisation) -> list[Incoming]:
    """Incoming statements of the sample, dated as if one had arrived every nine hours until now."""
    drafts = [line.draft for line in read_statements(_INCOMING) if line.draft]
    latest = now()
    return [
        Incoming(
            CheckRequest(draft.text, draft.language, draft.said_at, draft.speaker, draft.source, record=False),
            str(uuid5(NAMESPACE_URL, f"{organisation.id}/{draft.external_id}")),
            latest - _APART * (len(drafts) - number),
        )
        for number, draft in enumerate(drafts)
    ]


def check_incoming(
    services: Services, organisation: Organisation, incoming: list[Incoming], advance: Callable[[int], None]
) -> int:
    """Checks and stores those that are not stored yet; their number. Safe to repeat: reviews are kept."""
    with services.store.reading() as tx:
        new = [item for item in incoming if tx.checks.by_id(organisation, item.check_id) is None]
    advance(len(incoming) - len(new))
    for start in range(0, len(new), _AT_ONCE):
        batch = new[start : start + _AT_ONCE]
        checks = services.check_statements([item.request for item in batch], organisation)
        with services.store.writing() as tx:
            for check, item in zip(checks, batch, strict=True):
                dated_check = replace(check, id=item.check_id, created_at=item.checked_at)
                services.check_statements.record(tx, organisation, dated_check)
        advance(len(batch))
    return len(new)
