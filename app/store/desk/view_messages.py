"""Messages of saved views: rows to domain objects and back, and which flags were alerted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Row, Select, delete, func, insert, or_, select, union_all, update

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.desk.view_messages import MessageKind, Schedule, ViewMessage
from app.store.access.account_tables import accounts
from app.store.access.open_organisations import is_open
from app.store.desk.flag_tables import flag_views
from app.store.desk.view_message_tables import view_alerts, view_messages
from app.store.jobs.background_tables import webhooks
from app.store.tables import api_keys, organisations

_SHARED = ""


class ViewMessageRows:
    """SQL implementation of `app.services.desk.ports.ViewMessages`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def put(self, message: ViewMessage) -> tuple[str, bool]:
        view = select(flag_views.c.key).where(flag_views.c.id == message.view_id)
        webhook = select(webhooks.c.key).where(webhooks.c.id == message.webhook_id)
        keys = {"view_key": self._connection.scalar(view), "webhook_key": self._connection.scalar(webhook)}
        schedule = message.schedule
        known = select(view_messages.c.id).where(
            *(view_messages.c[name] == key for name, key in keys.items()), view_messages.c.kind == schedule.kind
        )
        if there := self._connection.scalar(known):
            return str(there), False
        values = {
            **keys,
            "id": message.id,
            "organisation_key": message.organisation.key,
            "kind": schedule.kind,
            "hour": schedule.hour,
            "weekday": schedule.weekday,
            "time_zone": schedule.time_zone,
            "send_empty": message.send_empty,
            "by_id": message.by.id,
            "by_name": message.by.name,
            "created_at": message.created_at,
            "done_until": message.done_until,
            "next_at": message.next_at,
        }
        self._connection.execute(insert(view_messages).values(values))
        return message.id, True

    def count(self, organisation: Organisation) -> int:
        own = view_messages.c.organisation_key == organisation.key
        return int(self._connection.scalar(select(func.count()).select_from(view_messages).where(own)) or 0)

    def of_view(self, organisation: Organisation, viewer: Actor, view_id: str) -> list[ViewMessage]:
        seen = (
            view_messages.c.organisation_key == organisation.key,
            flag_views.c.owner_id.in_([_SHARED, viewer.id]),
            flag_views.c.id == view_id,
        )
        rows = self._connection.execute(_messages().where(*seen).order_by(view_messages.c.key))
        return [_message_of(row) for row in rows]

    def remove(self, organisation: Organisation, viewer: Actor, view_id: str, message_id: str) -> bool:
        seen = select(flag_views.c.key).where(
            flag_views.c.id == view_id, flag_views.c.owner_id.in_([_SHARED, viewer.id])
        )
        removal = delete(view_messages).where(
            view_messages.c.organisation_key == organisation.key,
            view_messages.c.id == message_id,
            view_messages.c.view_key.in_(seen),
        )
        return self._connection.execute(removal).rowcount > 0

    def forget_closed(self, now: datetime) -> int:
        unended = or_(api_keys.c.expires_at.is_(None), api_keys.c.expires_at > now)
        active = union_all(
            select(accounts.c.id).where(accounts.c.disabled_at.is_(None)),
            select(api_keys.c.id).where(api_keys.c.revoked_at.is_(None), unended),
        )
        return self._connection.execute(delete(view_messages).where(view_messages.c.by_id.not_in(active))).rowcount

    def due(self, now: datetime) -> list[int]:
        ready = or_(view_messages.c.next_at.is_(None), view_messages.c.next_at <= now)
        due = select(view_messages.c.key).where(ready, is_open(view_messages.c.organisation_key))
        return list(self._connection.scalars(due.order_by(view_messages.c.key)))

    def by_key(self, key: int) -> ViewMessage | None:
        row = self._connection.execute(_messages().where(view_messages.c.key == key)).first()
        return _message_of(row) if row else None

    def done(self, message: ViewMessage, until: datetime, next_at: datetime | None) -> None:
        changed = update(view_messages).where(view_messages.c.key == message.key)
        self._connection.execute(changed.values(done_until=until, next_at=next_at))

    def alerted(self, message: ViewMessage, check_keys: Sequence[int]) -> frozenset[int]:
        sent = select(view_alerts.c.check_key).where(
            view_alerts.c.message_key == message.key, view_alerts.c.check_key.in_(check_keys)
        )
        return frozenset(self._connection.scalars(sent))

    def note_alerts(self, message: ViewMessage, check_keys: Sequence[int], at: datetime) -> None:
        rows = [{"message_key": message.key, "check_key": key, "sent_at": at} for key in check_keys]
        if rows:
            self._connection.execute(insert(view_alerts), rows)

    def forget_alerts(self, message: ViewMessage, before: datetime) -> None:
        old = (view_alerts.c.message_key == message.key, view_alerts.c.sent_at < before)
        self._connection.execute(delete(view_alerts).where(*old))


def _messages() -> Select[Any]:
    return (
        select(
            view_messages,
            flag_views.c.id.label("view_id"),
            flag_views.c.name.label("view_name"),
            flag_views.c.query,
            webhooks.c.id.label("webhook_id"),
            webhooks.c.url,
            webhooks.c.description,
            organisations.c.id.label("organisation_id"),
            organisations.c.name.label("organisation_name"),
        )
        .join(flag_views, flag_views.c.key == view_messages.c.view_key)
        .join(webhooks, webhooks.c.key == view_messages.c.webhook_key)
        .join(organisations, organisations.c.key == view_messages.c.organisation_key)
    )


def _message_of(row: Row[Any]) -> ViewMessage:
    return ViewMessage(
        key=row.key,
        id=row.id,
        organisation=Organisation(row.organisation_key, row.organisation_id, row.organisation_name),
        view_id=row.view_id,
        view_name=row.view_name,
        query=row.query,
        webhook_id=row.webhook_id,
        webhook_name=row.description or urlsplit(row.url).hostname or "",
        schedule=Schedule(MessageKind(row.kind), row.hour, row.weekday, row.time_zone),
        send_empty=row.send_empty,
        by=Actor(row.by_id, row.by_name),
        created_at=row.created_at,
        done_until=row.done_until,
        next_at=row.next_at,
    )
