"""Tags that an organisation gives to narratives."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select

from app.domain.access.keys import Organisation
from app.store.narratives.narrative_tables import narrative_tags

_TAGS = narrative_tags.c


class NarrativeTagRows:
    """SQL implementation of `app.services.narratives.ports.NarrativeTags`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def of(self, narratives: Sequence[int], organisation: Organisation) -> dict[int, list[str]]:
        own = (_TAGS.organisation_key == organisation.key, _TAGS.narrative_key.in_(narratives))
        found: dict[int, list[str]] = {}
        for row in self._connection.execute(select(narrative_tags).where(*own).order_by(_TAGS.tag)):
            found.setdefault(row.narrative_key, []).append(row.tag)
        return found

    def all(self, organisation: Organisation, limit: int) -> list[str]:
        own = _TAGS.organisation_key == organisation.key
        most = select(_TAGS.tag).where(own).group_by(_TAGS.tag).order_by(func.count().desc(), _TAGS.tag).limit(limit)
        return sorted(self._connection.scalars(most))

    def put(self, narrative: int, organisation: Organisation, tag: str) -> None:
        if tag not in self.of([narrative], organisation).get(narrative, ()):
            values = {"narrative_key": narrative, "organisation_key": organisation.key, "tag": tag}
            self._connection.execute(insert(narrative_tags), values)

    def remove(self, narrative: int, organisation: Organisation, tag: str) -> None:
        own = (_TAGS.organisation_key == organisation.key, _TAGS.narrative_key == narrative, _TAGS.tag == tag)
        self._connection.execute(delete(narrative_tags).where(*own))
