"""Messages of saved views: set up and taken back by analysts and keys, and sent through webhooks by the worker.

Each flag is alerted once at most: what was alerted is noted in the transaction that makes the delivery. Flags whose
transactions were still open at the last look are found by looking back a while.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import uuid4

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.core.errors import InvalidInput, NotFound
from app.domain.desk.annotations import FlagView
from app.domain.desk.flags import Flag, best_score, closest_tier
from app.domain.desk.view_messages import MOST_MESSAGES, Schedule, ViewMessage
from app.domain.webhooks.webhooks import VIEW_ALERT, VIEW_DIGEST, Event
from app.services.desk.ports import FlagFilter
from app.services.jobs.ports import TaskSignal
from app.services.ports import Clock, Store, Transaction
from app.services.webhooks.events import flag_data

LOOKED_BACK: Final = timedelta(minutes=10)
"""How long a transaction that flags something may take, amply."""
_SETTLED: Final = timedelta(minutes=1)
"""Age from which a flag goes into a digest: its transaction has ended."""
_ALERTS_AT_ONCE: Final = 50
_PAGE: Final = 200
_MOST_PAGES: Final = 10
_LISTED: Final = 10
_WEBHOOKS: Final = 100

ReadQuery = Callable[[str, str], FlagFilter]
"""The filter of a view's query, for the account or the key with an id."""


@dataclass(frozen=True, slots=True)
class ViewMessages:
    """Alerts and digests of saved views."""

    store: Store
    clock: Clock
    read_query: ReadQuery

    def of_view(
        self, organisation: Organisation, viewer: Actor, view_id: str
    ) -> tuple[FlagView, list[ViewMessage], list[tuple[str, str]]]:
        """Returns a view with its messages, and the webhooks that there are, each with its id and what it is for.
        Raises `NotFound`."""
        with self.store.reading() as tx:
            view = _view(tx, organisation, viewer, view_id)
            hooks = tx.webhooks.find(organisation, None, _WEBHOOKS)
            named = [(hook.id, hook.description or urlsplit(hook.url).hostname or "") for hook in hooks]
            return view, tx.view_messages.of_view(organisation, viewer, view_id), named

    def add(
        self,
        organisation: Organisation,
        by: Actor,
        view_id: str,
        webhook_id: str,
        schedule: Schedule,
        *,
        send_empty: bool = False,
    ) -> tuple[ViewMessage, bool]:
        """Has a view send messages from now on; with False where it sends that kind through the webhook already, which
        stays as it was. Raises `NotFound` and `InvalidInput`."""
        schedule.check()
        now = self.clock()
        with self.store.writing() as tx:
            view = _view(tx, organisation, by, view_id)
            if tx.webhooks.by_id(organisation, webhook_id) is None:
                raise InvalidInput.at("/webhook", "is none of your organisation's")
            if tx.view_messages.count(organisation) >= MOST_MESSAGES:
                raise InvalidInput.at("/webhook", f"is one too many: {MOST_MESSAGES} messages are sent, end one first")
            message = ViewMessage(
                0, str(uuid4()), organisation, view.id, view.name, view.query, webhook_id, "", schedule, send_empty,
                by, now, now, schedule.next_after(now),
            )  # fmt: skip
            message_id, new = tx.view_messages.put(message)
            if new:
                tx.audit.add("view_message.created", "view_message", message_id)
            sent = tx.view_messages.of_view(organisation, by, view_id)
        return next(one for one in sent if one.id == message_id), new

    def remove(self, organisation: Organisation, by: Actor, view_id: str, message_id: str) -> None:
        """Ends the messages. Raises `NotFound`."""
        with self.store.writing() as tx:
            if not tx.view_messages.remove(organisation, by, view_id, message_id):
                raise NotFound("this view has no message with this id, or you do not see the view")
            tx.audit.add("view_message.removed", "view_message", message_id)

    def __call__(self) -> None:
        """Sends what is due, each view's in a transaction of its own."""
        now = self.clock()
        with self.store.reading() as tx:
            due = tx.view_messages.due(now)
        if not due:
            return
        with self.store.writing() as tx:
            tx.view_messages.forget_closed(now)
        for key in due:
            with self.store.writing() as tx:
                message = tx.view_messages.by_key(key)
                if message and message.next_at is None:
                    self._alert(tx, message, now)
                elif message and message.next_at and message.next_at <= now:
                    self._digest(tx, message, now)

    def _alert(self, tx: Transaction, message: ViewMessage, now: datetime) -> None:
        since = max(message.done_until - LOOKED_BACK, message.created_at)
        found = self._new_flags(tx, message, since)
        known = tx.view_messages.alerted(message, [flag.key for flag in found])
        new = [flag for flag in reversed(found) if flag.key not in known]
        for flag in new[:_ALERTS_AT_ONCE]:
            _send(tx, message, VIEW_ALERT, flag.check.id, {**_of_view(message), **flag_data(flag.check)}, now)
        tx.view_messages.note_alerts(message, [flag.key for flag in new[:_ALERTS_AT_ONCE]], now)
        if len(new) <= _ALERTS_AT_ONCE:
            tx.view_messages.done(message, now, None)
            tx.view_messages.forget_alerts(message, now - LOOKED_BACK)

    def _digest(self, tx: Transaction, message: ViewMessage, now: datetime) -> None:
        until = now - _SETTLED
        checked = self._new_flags(tx, message, message.done_until)
        found = [flag for flag in checked if flag.check.created_at <= until]
        if found or message.send_empty:
            data = {
                **_of_view(message),
                "since": message.done_until.isoformat(),
                "until": until.isoformat(),
                "count": len(found),
                "flags": [_listed(flag) for flag in found[:_LISTED]],
            }
            _send(tx, message, VIEW_DIGEST, message.view_id, data, now)
        tx.view_messages.done(message, until, message.schedule.next_after(now))

    def _new_flags(self, tx: Transaction, message: ViewMessage, since: datetime) -> Sequence[Flag]:
        """Flags of the view that were checked after a moment, the newest first; two thousand at most."""
        filters = self.read_query(message.query, message.by.id)
        found: list[Flag] = []
        after = None
        for _ in range(_MOST_PAGES):
            page = tx.flags.find(message.organisation, filters, "newest", after, _PAGE)
            found += [flag for _, flag in page if flag.check.created_at > since]
            if len(page) < _PAGE or page[-1][1].check.created_at <= since:
                break
            after = page[-1][0]
        return found


def _view(tx: Transaction, organisation: Organisation, viewer: Actor, view_id: str) -> FlagView:
    view = next((view for view in tx.flag_views.of(organisation, viewer) if view.id == view_id), None)
    if view is None:
        raise NotFound("there is no view with this id that you could see")
    return view


def _of_view(message: ViewMessage) -> dict[str, Any]:
    return {"view_id": message.view_id, "view_name": message.view_name, "query": message.query}


def _listed(flag: Flag) -> dict[str, Any]:
    tier = closest_tier(flag.check)
    return {
        "check_id": flag.check.id,
        "text": flag.check.text,
        "speaker": flag.check.speaker,
        "said_at": flag.check.said_at.text if flag.check.said_at else None,
        "tier": tier.value if tier else None,
        "score": best_score(flag.check),
    }


def _send(tx: Transaction, message: ViewMessage, kind: str, subject: str, data: dict[str, Any], now: datetime) -> None:
    webhook = tx.webhooks.by_id(message.organisation, message.webhook_id)
    if webhook is None or webhook.disabled_reason:
        return
    tx.webhooks.add_delivery(webhook, Event(str(uuid4()), kind, subject, now, data), now)
    tx.signal(TaskSignal("webhook", webhook.id))
