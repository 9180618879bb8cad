"""The tables of speakers' aliases, under the rules of `app/store/tables.py`."""

from sqlalchemy import Column, ForeignKey, String, Table, Text

from app.store.tables import _moment, metadata

speaker_aliases = Table(
    "speaker_aliases",
    metadata,
    Column("organisation_key", ForeignKey("organisations.key"), primary_key=True, autoincrement=False),
    Column("speaker_key", ForeignKey("speakers.key", ondelete="CASCADE"), primary_key=True, index=True),
    Column(
        "of_key",
        ForeignKey("speakers.key", ondelete="CASCADE"),
        nullable=False,
        index=True,
        comment="the speaker whose other name it is; never an alias itself",
    ),
    Column(
        "into_key",
        ForeignKey("speakers.key", ondelete="SET NULL"),
        index=True,
        comment="the name that it was merged into; null: of_key",
    ),
    _moment("at"),
    Column("by_id", String(36)),
    Column("by_name", Text),
)

refused_aliases = Table(
    "refused_aliases",
    metadata,
    Column("organisation_key", ForeignKey("organisations.key"), primary_key=True, autoincrement=False),
    Column("speaker_key", ForeignKey("speakers.key", ondelete="CASCADE"), primary_key=True, comment="the lower key"),
    Column("other_key", ForeignKey("speakers.key", ondelete="CASCADE"), primary_key=True, index=True),
    _moment("at"),
    Column("by_id", String(36)),
    Column("by_name", Text),
)
