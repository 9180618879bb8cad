"""Saved views of lists of flags."""

from sqlalchemy import Connection, delete, insert, select, update

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.desk.annotations import FlagView
from app.store.desk.flag_tables import flag_views

_SHARED = ""


class FlagViewRows:
    """`app.services.desk.ports.FlagViews`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def of(self, organisation: Organisation, viewer: Actor) -> list[FlagView]:
        seen = select(flag_views).where(
            flag_views.c.organisation_key == organisation.key, flag_views.c.owner_id.in_([_SHARED, viewer.id])
        )
        return [
            FlagView(
                id=row.id,
                name=row.name,
                query=row.query,
                private=row.owner_id != _SHARED,
                by=Actor(row.by_id, row.by_name),
                at=row.created_at,
            )
            for row in self._connection.execute(seen.order_by(flag_views.c.name, flag_views.c.key))
        ]

    def put(self, organisation: Organisation, view: FlagView) -> tuple[str, bool]:
        owner = view.by.id if view.private else _SHARED
        named = (
            flag_views.c.organisation_key == organisation.key,
            flag_views.c.owner_id == owner,
            flag_views.c.name == view.name,
        )
        made = {"query": view.query, "by_id": view.by.id, "by_name": view.by.name, "created_at": view.at}
        if known := self._connection.scalar(select(flag_views.c.id).where(*named)):
            self._connection.execute(update(flag_views).where(*named).values(made))
            return known, False
        values = {"id": view.id, "organisation_key": organisation.key, "owner_id": owner, "name": view.name, **made}
        self._connection.execute(insert(flag_views).values(values))
        return view.id, True

    def remove(self, organisation: Organisation, viewer: Actor, view_id: str) -> bool:
        removal = delete(flag_views).where(
            flag_views.c.organisation_key == organisation.key,
            flag_views.c.owner_id.in_([_SHARED, viewer.id]),
            flag_views.c.id == view_id,
        )
        return self._connection.execute(removal).rowcount > 0
