"""One decision about many flags, taken back in one."""

from collections.abc import Iterable
from typing import Unpack

from refrain_client._sync.transport import Transport
from refrain_client.bodies import BulkReviewFields, ChosenFlag
from refrain_client.check_answers import Verdict
from refrain_client.decoding import decode
from refrain_client.flag_answers import BulkReviewed


class BulkReviews:
    """Decisions about up to a hundred flags at a time."""

    def __init__(self, to: Transport):
        self._to = to

    def create(
        self,
        flags: Iterable[ChosenFlag | str],
        verdict: Verdict,
        *,
        idempotency_key: str | None = None,
        **fields: Unpack[BulkReviewFields],
    ) -> BulkReviewed:
        """Confirms each flag's best match, or dismisses all its matches. One that is refused holds up none."""
        chosen = [{"id": one} if isinstance(one, str) else one for one in flags]
        body = {"flags": chosen, "verdict": verdict, **fields}
        answer = self._to.ask("POST", ("bulk-reviews",), body=body, idempotency_key=idempotency_key)
        return decode(BulkReviewed, answer)

    def undo(self, bulk_review_id: str) -> None:
        """Takes back every decision of it that stands, and what it did to the archive. Twice is no error."""
        self._to.ask("DELETE", ("bulk-reviews", bulk_review_id))
