"""Webhooks, deliveries and the outbox of events: rows to domain objects and back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, delete, func, insert, select, update

from app.domain.access.keys import Organisation
from app.domain.statements.statements import NarrativeRef
from app.domain.webhooks.webhooks import (
    ABOUT_NARRATIVES,
    Attempt,
    Delivery,
    DeliveryState,
    Event,
    EventType,
    SigningSecrets,
    Webhook,
    WebhookFormat,
)
from app.services.jobs.ports import TaskSignal
from app.services.ports import Clock
from app.store import leases
from app.store.access.open_organisations import is_open
from app.store.jobs.background_tables import deliveries, events, webhooks
from app.store.narratives.narrative_tables import merged_narratives
from app.store.organisation_rows import page_of, with_organisation
from app.store.tables import narratives
from app.store.webhooks.stored_attempts import attempts_as_json, attempts_from_json

_PURGED_AT_ONCE = 500


def _deliveries() -> Select[Any]:
    event = (events.c.id.label("event_id"), events.c.type, events.c.subject, events.c.time, events.c.data)
    return select(deliveries, *event).join(events, events.c.key == deliveries.c.event_key)


class WebhookRows:
    """SQL implementation of `app.services.webhooks.ports.Webhooks`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def add(self, webhook: Webhook, signing: SigningSecrets) -> Webhook:
        values = {
            **_values(webhook),
            "id": webhook.id,
            "organisation_key": webhook.organisation.key,
            "created_at": webhook.created_at,
            "secret": signing.current,
        }
        key = self._connection.scalar(insert(webhooks).returning(webhooks.c.key), values)
        return self._one(webhooks.c.key == key)

    def by_id(self, organisation: Organisation, webhook_id: str) -> Webhook | None:
        own = (webhooks.c.organisation_key == organisation.key, webhooks.c.id == webhook_id)
        return next(iter(self._where(*own)), None)

    def of_any_organisation(self, webhook_id: str) -> Webhook | None:
        return next(iter(self._where(webhooks.c.id == webhook_id)), None)

    def find(self, organisation: Organisation, before: int | None, limit: int) -> list[Webhook]:
        found = page_of(with_organisation(webhooks), webhooks, organisation, before, limit)
        return _webhooks_of(self._connection, self._connection.execute(found).all())

    def count(self, organisation: Organisation) -> int:
        own = select(webhooks.c.key).where(webhooks.c.organisation_key == organisation.key)
        return len(self._connection.execute(own).all())

    def change(self, webhook: Webhook) -> None:
        self._connection.execute(update(webhooks).where(webhooks.c.key == webhook.key).values(**_values(webhook)))

    def remove(self, webhook: Webhook) -> None:
        self._connection.execute(delete(deliveries).where(deliveries.c.webhook_key == webhook.key))
        self._connection.execute(delete(webhooks).where(webhooks.c.key == webhook.key))

    def secrets(self, webhook: Webhook) -> SigningSecrets:
        columns = (webhooks.c.secret, webhooks.c.previous_secret, webhooks.c.previous_until)
        row = self._connection.execute(select(*columns).where(webhooks.c.key == webhook.key)).one()
        return SigningSecrets(row.secret, row.previous_secret, row.previous_until)

    def put_secrets(self, webhook: Webhook, signing: SigningSecrets) -> None:
        values = {
            "secret": signing.current,
            "previous_secret": signing.previous,
            "previous_until": signing.previous_until,
        }
        self._connection.execute(update(webhooks).where(webhooks.c.key == webhook.key).values(**values))

    def claim(self, webhook_id: str, now: datetime, until: datetime) -> Webhook | None:
        free = (webhooks.c.disabled_reason.is_(None), _is_unleased(now), is_open(webhooks.c.organisation_key))
        held = update(webhooks).where(webhooks.c.id == webhook_id, *free).values(held_until=until)
        key = self._connection.scalar(held.returning(webhooks.c.key))
        if key is None:
            return None
        return self._one(webhooks.c.key == key)

    def release(self, webhook: Webhook, rest_until: datetime | None) -> None:
        self._connection.execute(update(webhooks).where(webhooks.c.key == webhook.key).values(held_until=rest_until))

    def stalled(self, now: datetime) -> list[TaskSignal]:
        due = (deliveries.c.state == DeliveryState.PENDING, deliveries.c.due_at <= now)
        rows = self._connection.scalars(
            select(webhooks.c.id)
            .join(deliveries, deliveries.c.webhook_key == webhooks.c.key)
            .where(*due, webhooks.c.disabled_reason.is_(None), _is_unleased(now), is_open(webhooks.c.organisation_key))
            .distinct()
        )
        return [TaskSignal("webhook", webhook_id) for webhook_id in rows]

    def add_delivery(self, webhook: Webhook, event: Event, now: datetime) -> Delivery:
        event_key = _add_event(self._connection, event)
        key = self._connection.scalar(
            insert(deliveries).returning(deliveries.c.key), _new_delivery(webhook.key, event_key, now)
        )
        return _delivery_of(self._connection.execute(_deliveries().where(deliveries.c.key == key)).one())

    def due(self, webhook: Webhook, now: datetime) -> Delivery | None:
        pending = (deliveries.c.webhook_key == webhook.key, deliveries.c.state == DeliveryState.PENDING)
        first = _deliveries().where(*pending, deliveries.c.due_at <= now)
        row = self._connection.execute(first.order_by(deliveries.c.due_at, deliveries.c.key).limit(1)).first()
        return _delivery_of(row) if row else None

    def delivery(self, webhook: Webhook, delivery_id: str) -> Delivery | None:
        own = (deliveries.c.webhook_key == webhook.key, deliveries.c.id == delivery_id)
        row = self._connection.execute(_deliveries().where(*own)).first()
        return _delivery_of(row) if row else None

    def deliveries(
        self, webhook: Webhook, state: DeliveryState | None, before: int | None, limit: int
    ) -> list[Delivery]:
        own = [deliveries.c.webhook_key == webhook.key]
        if state is not None:
            own.append(deliveries.c.state == state)
        if before is not None:
            own.append(deliveries.c.key < before)
        rows = self._connection.execute(_deliveries().where(*own).order_by(deliveries.c.key.desc()).limit(limit))
        return [_delivery_of(row) for row in rows]

    def attempted(
        self, delivery: Delivery, attempts: Sequence[Attempt], state: DeliveryState, tries: int, due_at: datetime | None
    ) -> None:
        values = {
            "attempts": attempts_as_json(attempts),
            "state": state,
            "tries": tries,
            "due_at": due_at,
        }
        self._connection.execute(update(deliveries).where(deliveries.c.key == delivery.key).values(**values))

    def put_failures(self, webhook: Webhook, failures: int) -> None:
        self._connection.execute(update(webhooks).where(webhooks.c.key == webhook.key).values(failures=failures))

    def disable(self, webhook: Webhook, reason: str, now: datetime) -> None:
        disabled = update(webhooks).where(webhooks.c.key == webhook.key)
        self._connection.execute(disabled.values(disabled_reason=reason, updated_at=now))
        pending = (deliveries.c.webhook_key == webhook.key, deliveries.c.state == DeliveryState.PENDING)
        self._connection.execute(update(deliveries).where(*pending).values(state=DeliveryState.STOPPED, due_at=None))

    def purge(self, before: datetime) -> int:
        old_deliveries = (deliveries.c.created_at < before, deliveries.c.state != DeliveryState.PENDING)
        keys = list(self._connection.scalars(select(deliveries.c.key).where(*old_deliveries).limit(_PURGED_AT_ONCE)))
        self._connection.execute(delete(deliveries).where(deliveries.c.key.in_(keys)))
        has_delivery = select(deliveries.c.key).where(deliveries.c.event_key == events.c.key).exists()
        self._connection.execute(delete(events).where(events.c.time < before, ~has_delivery))
        return len(keys)

    def _one(self, condition: ColumnElement[bool]) -> Webhook:
        [webhook] = self._where(condition)
        return webhook

    def _where(self, *conditions: ColumnElement[bool]) -> list[Webhook]:
        rows = self._connection.execute(with_organisation(webhooks).where(*conditions)).all()
        return _webhooks_of(self._connection, rows)


_ACTIVE = select(webhooks.c.key, webhooks.c.id, webhooks.c.events, webhooks.c.narratives).where(
    webhooks.c.disabled_reason.is_(None), is_open(webhooks.c.organisation_key)
)
_ACTIVE_OF_ONE = _ACTIVE.where(webhooks.c.organisation_key == bindparam("organisation"))


class EventRows:
    """SQL implementation of `app.services.webhooks.ports.Events`."""

    def __init__(self, connection: Connection, clock: Clock, signals: list[TaskSignal]):
        self._connection = connection
        self._clock = clock
        self._signals = signals

    def add(self, organisation: Organisation | None, kind: str, subject: str, data: Mapping[str, Any]) -> None:
        active = (
            self._connection.execute(_ACTIVE)
            if organisation is None
            else self._connection.execute(_ACTIVE_OF_ONE, {"organisation": organisation.key})
        )
        subscribers = [row for row in active if kind in row.events]
        if kind in ABOUT_NARRATIVES and any(row.narratives for row in subscribers):
            above = self._ids_above(subject)
            subscribers = [row for row in subscribers if not row.narratives or above & set(row.narratives)]
        if not subscribers:
            return
        now = self._clock()
        event_key = _add_event(self._connection, Event(str(uuid4()), kind, subject, now, data))
        self._connection.execute(insert(deliveries), [_new_delivery(row.key, event_key, now) for row in subscribers])
        self._signals.extend(TaskSignal("webhook", row.id) for row in subscribers)

    def _ids_above(self, narrative_id: str) -> set[str]:
        """Ids of a narrative, of those above it, and of those that were merged into any of these."""
        above = select(narratives.c.key, narratives.c.parent_key).where(narratives.c.id == narrative_id)
        line = above.cte(recursive=True)
        parents = narratives.alias()
        line = line.union(select(parents.c.key, parents.c.parent_key).where(parents.c.key == line.c.parent_key))
        led = select(merged_narratives.c.narrative_key)
        led = led.where(merged_narratives.c.into_key.in_(select(line.c.key)))
        keys = narratives.c.key.in_(select(line.c.key)) | narratives.c.key.in_(led)
        return set(self._connection.scalars(select(narratives.c.id).where(keys)))


def _is_unleased(now: datetime) -> Any:
    return leases.ended(webhooks.c.held_until, now)


def _add_event(connection: Connection, event: Event) -> int:
    values = {
        "id": event.id,
        "type": event.type,
        "subject": event.subject,
        "time": event.time,
        "data": dict(event.data),
    }
    return int(connection.execute(insert(events).returning(events.c.key), values).scalar_one())


def _new_delivery(webhook_key: int, event_key: int, now: datetime) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "webhook_key": webhook_key,
        "event_key": event_key,
        "state": DeliveryState.PENDING,
        "tries": 0,
        "attempts": [],
        "due_at": now,
        "created_at": now,
    }


def _values(webhook: Webhook) -> dict[str, Any]:
    return {
        "url": webhook.url,
        "events": [str(event) for event in webhook.events],
        "description": webhook.description,
        "format": webhook.format,
        "language": webhook.language,
        "narratives": [ref.id for ref in webhook.narratives] or None,
        "disabled_reason": webhook.disabled_reason,
        "failures": webhook.failures,
        "updated_at": webhook.updated_at,
    }


def _webhooks_of(connection: Connection, rows: Sequence[Row[Any]]) -> list[Webhook]:
    """Webhooks with the narratives that they are limited to; what was merged is shown as what it was merged into."""
    ids = {narrative_id for row in rows for narrative_id in row.narratives or ()}
    known = _narratives_of(connection, ids) if ids else {}
    return [
        replace(
            _webhook_of(row),
            narratives=tuple(dict.fromkeys(known.get(one, NarrativeRef(one, one, 0)) for one in row.narratives or ())),
        )
        for row in rows
    ]


def _narratives_of(connection: Connection, ids: Collection[str]) -> dict[str, NarrativeRef]:
    """Narratives by their ids, or the ones that they were merged into."""
    named, into = narratives.alias(), narratives.alias()
    rows = connection.execute(
        select(named.c.id.label("named"), into.c.id, into.c.title, into.c.key)
        .outerjoin(merged_narratives, merged_narratives.c.narrative_key == named.c.key)
        .join(into, into.c.key == func.coalesce(merged_narratives.c.into_key, named.c.key))
        .where(named.c.id.in_(ids))
    )
    return {row.named: NarrativeRef(row.id, row.title, row.key) for row in rows}


def _webhook_of(row: Row[Any]) -> Webhook:
    return Webhook(
        key=row.key,
        id=row.id,
        organisation=Organisation(row.organisation_key, row.organisation_id, row.organisation_name),
        url=row.url,
        events=tuple(EventType(event) for event in row.events),
        description=row.description,
        created_at=row.created_at,
        updated_at=row.updated_at,
        disabled_reason=row.disabled_reason,
        failures=row.failures,
        format=WebhookFormat(row.format),
        language=row.language,
    )


def _delivery_of(row: Row[Any]) -> Delivery:
    return Delivery(
        key=row.key,
        id=row.id,
        event=Event(row.event_id, row.type, row.subject, row.time, row.data),
        state=DeliveryState(row.state),
        attempts=attempts_from_json(row.attempts),
        tries=row.tries,
        due_at=row.due_at,
        created_at=row.created_at,
    )
