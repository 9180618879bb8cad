"""Indexes that were chosen for an archive: the latest is in force."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Connection, Identity, Integer, String, Table, Text, delete, insert, select

from app.services.search.ports import ChosenIndex
from app.store.tables import Moment, archive, metadata, vectors

index_choices = Table(
    "index_choices",
    metadata,
    Column("key", BigInteger().with_variant(Integer, "sqlite"), Identity(), primary_key=True),
    Column("archive_id", String(36), nullable=False, comment="another archive's choice has no force"),
    Column("index_url", Text, nullable=False),
    Column("embedder", Text, nullable=False),
    Column("name", Text, nullable=False, comment="of the index, where its engine names it"),
    Column("fingerprint", Text, nullable=False, comment="of the embedder"),
    Column("dimension", Integer, nullable=False),
    Column("chosen_at", Moment, nullable=False),
)
_OF_INDEX = (
    index_choices.c.index_url,
    index_choices.c.embedder,
    index_choices.c.name,
    index_choices.c.fingerprint,
    index_choices.c.dimension,
)
_OURS = index_choices.c.archive_id == select(archive.c.id).scalar_subquery()


class IndexChoiceRows:
    """SQL implementation of `app.services.search.ports.IndexChoices`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def number(self) -> int:
        latest = select(index_choices.c.key).where(_OURS).order_by(index_choices.c.key.desc()).limit(1)
        return int(self._connection.scalar(latest) or 0)

    def all(self) -> list[ChosenIndex]:
        listed = select(*_OF_INDEX).where(_OURS).order_by(index_choices.c.key.desc())
        return [ChosenIndex(*row) for row in self._connection.execute(listed)]

    def put(self, chosen: ChosenIndex, at: datetime) -> None:
        ours = self._connection.scalar(select(archive.c.id))
        self._connection.execute(insert(index_choices).values(**chosen._asdict(), archive_id=ours, chosen_at=at))

    def forget_former(self) -> None:
        self._connection.execute(delete(index_choices).where(index_choices.c.key < self.number()))

    def forget_vectors_but(self, fingerprint: str) -> int:
        return self._connection.execute(delete(vectors).where(vectors.c.fingerprint != fingerprint)).rowcount
