"""Feeds: rows to domain objects and back."""

from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, select

from app.domain.access.keys import Organisation
from app.domain.feeds.feeds import Feed, FeedView
from app.domain.statements.statements import NarrativeRef
from app.store.access.open_organisations import is_open
from app.store.desk.flag_tables import flag_views
from app.store.feeds.feed_tables import feeds
from app.store.organisation_rows import page_of, with_organisation
from app.store.tables import narratives


def _feeds() -> Select[Any]:
    narrative = (narratives.c.id.label("narrative_id"), narratives.c.title.label("narrative_title"))
    view = tuple(flag_views.c[name].label(f"view_{name}") for name in ("id", "name", "query", "by_id"))
    rows = with_organisation(feeds).add_columns(*narrative, *view)
    rows = rows.outerjoin(narratives, narratives.c.key == feeds.c.narrative_key)
    return rows.outerjoin(flag_views, flag_views.c.key == feeds.c.view_key)


class FeedRows:
    """SQL implementation of `app.services.feeds.ports.Feeds`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def add(self, feed: Feed, token_hash: str) -> Feed:
        values = {
            "id": feed.id,
            "organisation_key": feed.organisation.key,
            "narrative_key": feed.narrative.key if feed.narrative else None,
            "view_key": feed.view.key if feed.view else None,
            "name": feed.name,
            "token_hash": token_hash,
            "hint": feed.hint,
            "created_at": feed.created_at,
        }
        key = self._connection.scalar(insert(feeds).returning(feeds.c.key), values)
        return _feed_of(self._connection.execute(_feeds().where(feeds.c.key == key)).one())

    def find(self, organisation: Organisation, before: int | None, limit: int) -> list[Feed]:
        found = page_of(_feeds(), feeds, organisation, before, limit)
        return [_feed_of(row) for row in self._connection.execute(found)]

    def count(self, organisation: Organisation) -> int:
        own = select(func.count()).select_from(feeds).where(feeds.c.organisation_key == organisation.key)
        return int(self._connection.scalar(own) or 0)

    def by_id(self, feed_id: str) -> tuple[Feed, str] | None:
        this = (feeds.c.id == feed_id, is_open(feeds.c.organisation_key))
        row = self._connection.execute(_feeds().where(*this)).first()
        return (_feed_of(row), row.token_hash) if row else None

    def shared_view(self, organisation: Organisation, view: str) -> FeedView | None:
        shared = (flag_views.c.organisation_key == organisation.key, flag_views.c.owner_id == "")
        named = (flag_views.c.id == view) | (flag_views.c.name == view)
        by_id_first = select(flag_views).where(*shared, named).order_by(flag_views.c.id != view).limit(1)
        row = self._connection.execute(by_id_first).first()
        return FeedView(row.key, row.id, row.name, row.query, row.by_id) if row else None

    def remove(self, organisation: Organisation, feed_id: str) -> bool:
        own = (feeds.c.organisation_key == organisation.key, feeds.c.id == feed_id)
        return self._connection.execute(delete(feeds).where(*own)).rowcount > 0


def _feed_of(row: Row[Any]) -> Feed:
    narrative = None
    if row.narrative_key is not None:
        narrative = NarrativeRef(row.narrative_id, row.narrative_title, row.narrative_key)
    organisation = Organisation(row.organisation_key, row.organisation_id, row.organisation_name)
    view = None
    if row.view_key is not None:
        view = FeedView(row.view_key, row.view_id, row.view_name, row.view_query, row.view_by_id)
    return Feed(row.key, row.id, organisation, row.name, narrative, row.hint, row.created_at, view)
