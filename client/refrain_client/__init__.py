"""A client of Refrain: has this been said before?

`Refrain` is for ordinary code, `AsyncRefrain` the same for asyncio; `verify` reads what a webhook received.
"""

from refrain_client._async.client import AsyncRefrain
from refrain_client._sync.client import Refrain
from refrain_client.archive_answers import Finding, Narrative, NarrativeRef, Source, Statement
from refrain_client.check_answers import Check, Flag, Match, Precedent, Recurrence, Review, Reviewed, TextQuoteSelector
from refrain_client.errors import (
    AccessDenied,
    Conflict,
    ConnectionFailed,
    FieldProblem,
    InvalidRequest,
    InvalidSignature,
    NotFound,
    OverLimit,
    Problem,
    ProblemError,
    RefrainError,
    ServiceFault,
    Unavailable,
    UnexpectedAnswer,
)
from refrain_client.retries import Retries
from refrain_client.service_answers import (
    BulkCheck,
    BulkResult,
    Delivery,
    Event,
    Import,
    Me,
    NewSecret,
    NewWebhook,
    Status,
    Webhook,
)
from refrain_client.signatures import verify

__all__ = [
    "AccessDenied",
    "AsyncRefrain",
    "BulkCheck",
    "BulkResult",
    "Check",
    "Conflict",
    "ConnectionFailed",
    "Delivery",
    "Event",
    "FieldProblem",
    "Finding",
    "Flag",
    "Import",
    "InvalidRequest",
    "InvalidSignature",
    "Match",
    "Me",
    "Narrative",
    "NarrativeRef",
    "NewSecret",
    "NewWebhook",
    "NotFound",
    "OverLimit",
    "Precedent",
    "Problem",
    "ProblemError",
    "Recurrence",
    "Refrain",
    "RefrainError",
    "Retries",
    "Review",
    "Reviewed",
    "ServiceFault",
    "Source",
    "Statement",
    "Status",
    "TextQuoteSelector",
    "Unavailable",
    "UnexpectedAnswer",
    "Webhook",
    "verify",
]
