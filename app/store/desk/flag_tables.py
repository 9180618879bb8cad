"""The tables of flags, and of what analysts note, decide and save about them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from app.store.tables import _key, _moment, _public_id, metadata

# Words are looked up by how they begin, for which PostgreSQL has to compare them byte by byte, as SQLite does.
_Word = String(64).with_variant(String(64, collation="C"), "postgresql")

UNKNOWN_SPEAKER = "1"
NO_NARRATIVE = "1"

flags = Table(
    "flags",
    metadata,
    Column("check_key", ForeignKey("checks.key", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("organisation_key", ForeignKey("organisations.key"), nullable=False),
    Column("state", String(16), comment="null: not flagged, and no decision stands"),
    Column("version", Integer, nullable=False, comment="rises with every decision"),
    Column("tier", String(16), comment="the closest of its matches"),
    Column("score", Double, nullable=False, comment="the best of its matches"),
    Column("recurrence", Integer, nullable=False),
    Column("language", String(35), nullable=False),
    Column("speaker", Text, comment="in lower case, like source and text: they are there to be looked for"),
    Column("source", Text),
    Column("said_begins", BigInteger, nullable=False, comment="of the moment of the check, where it has no date"),
    Column("said_ends", BigInteger, nullable=False),
    Column("text", Text, nullable=False, comment="tokens of the text, lower case, no accents, a blank before each"),
    Column("assigned_id", String(36), comment="who is to look at it; null: nobody in particular"),
    Column("assigned_name", Text),
    Column("group_key", BigInteger, comment="of the first flag of the row that lists show; null: a row of its own"),
    Column(
        "speaker_order",
        String(65),
        nullable=False,
        server_default=UNKNOWN_SPEAKER,
        comment="0 and the speaker's first 64 characters; 1 where none is known: they come last",
    ),
    Column(
        "narrative_order",
        String(65),
        nullable=False,
        server_default=NO_NARRATIVE,
        comment="0 and 64 characters of the narrative's title in lower case; 1 where there is none: they come last",
    ),
    Column("flagged_on", String(10), comment="day of the check in UTC; null: flagged by a release before"),
    *(
        Index(None, "organisation_key", *columns, "check_key")
        for columns in (
            (), ("score",), ("recurrence",),
            ("state",), ("state", "score"), ("state", "recurrence"),
            ("tier",), ("language",), ("speaker",), ("source",), ("said_begins",), ("assigned_id",),
            ("group_key",), ("speaker_order",), ("state", "speaker_order"), ("flagged_on",),
            ("narrative_order",), ("state", "narrative_order"),
        )
    ),
)  # fmt: skip

flag_words = Table(
    "flag_words",
    metadata,
    Column("organisation_key", ForeignKey("organisations.key"), primary_key=True),
    Column("word", _Word, primary_key=True, comment="its first 64 characters"),
    Column("check_key", ForeignKey("flags.check_key", ondelete="CASCADE"), primary_key=True),
    sqlite_with_rowid=False,
)

flag_bands = Table(
    "flag_bands",
    metadata,
    Column("organisation_key", ForeignKey("organisations.key"), primary_key=True),
    Column("band", BigInteger, primary_key=True, autoincrement=False, comment="hash of a part of the text's MinHash"),
    Column(
        "check_key",
        ForeignKey("flags.check_key", ondelete="CASCADE"),
        primary_key=True,
        index=True,
        comment="of the first flag of a group",
    ),
    sqlite_with_rowid=False,
)

flag_periods = Table(
    "flag_periods",
    metadata,
    Column("organisation_key", ForeignKey("organisations.key"), primary_key=True),
    Column("period", BigInteger, primary_key=True, autoincrement=False, comment="said_begins, in units of 30 days"),
    Column("first_key", BigInteger, nullable=False),
    Column("last_key", BigInteger, nullable=False, comment="bounds on the flags of the period, never too narrow"),
    sqlite_with_rowid=False,
)

flag_facets = Table(
    "flag_facets",
    metadata,
    Column("organisation_key", ForeignKey("organisations.key"), primary_key=True),
    Column("state", String(16), primary_key=True, comment="or 'any'"),
    Column("facet", String(16), primary_key=True),
    Column("value", Text, primary_key=True),
    Column("label", Text, nullable=False, comment="as it was first written"),
    Column("count", Integer, nullable=False, comment="kept with every change, as in flag_counts"),
    Index("ix_flag_facets_most", "organisation_key", "state", "facet", "count"),
)

flag_notes = Table(
    "flag_notes",
    metadata,
    _key(),
    _public_id(),
    Column("check_key", ForeignKey("flags.check_key", ondelete="CASCADE"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("by_id", String(36), nullable=False),
    Column("by_name", Text, nullable=False),
    _moment("created_at"),
)

flag_assignments = Table(
    "flag_assignments",
    metadata,
    _key(),
    Column("check_key", ForeignKey("flags.check_key", ondelete="CASCADE"), nullable=False, index=True),
    Column("to_id", String(36), comment="null: to nobody any more"),
    Column("to_name", Text),
    Column("by_id", String(36), nullable=False),
    Column("by_name", Text, nullable=False),
    _moment("created_at"),
    Column("batch_id", String(36), index=True, comment="of the assignments that were made in one gesture"),
)

flag_views = Table(
    "flag_views",
    metadata,
    _key(),
    _public_id(),
    Column("organisation_key", ForeignKey("organisations.key"), nullable=False),
    Column("owner_id", String(36), nullable=False, comment="whose alone it is; empty: the organisation's"),
    Column("name", Text, nullable=False),
    Column("query", Text, nullable=False, comment="the query string of the list's address"),
    Column("by_id", String(36), nullable=False),
    Column("by_name", Text, nullable=False),
    _moment("created_at"),
    UniqueConstraint("organisation_key", "owner_id", "name"),
)

flag_narratives = Table(
    "flag_narratives",
    metadata,
    Column("organisation_key", ForeignKey("organisations.key"), primary_key=True),
    Column("narrative_key", ForeignKey("narratives.key", ondelete="CASCADE"), primary_key=True),
    Column("check_key", ForeignKey("flags.check_key", ondelete="CASCADE"), primary_key=True, index=True),
)

flag_counts = Table(
    "flag_counts",
    metadata,
    Column("organisation_key", ForeignKey("organisations.key"), primary_key=True),
    Column("state", String(16), primary_key=True),
    Column(
        "count",
        Integer,
        nullable=False,
        comment="kept with every change, for counting takes as long as there are flags",
    ),
)

reviews = Table(
    "reviews",
    metadata,
    _key(),
    _public_id(),
    Column("organisation_key", ForeignKey("organisations.key"), nullable=False),
    Column("check_key", ForeignKey("checks.key", ondelete="CASCADE"), nullable=False, index=True),
    Column("match_key", ForeignKey("matches.key", ondelete="CASCADE"), comment="null: about all matches"),
    Column("verdict", String(16), nullable=False),
    Column("reason", Text),
    Column("stands", Boolean, nullable=False, comment="whether it is the last word on its match"),
    Column("by_id", String(36), nullable=False, comment="of the key, or whoever decided; kept with the name"),
    Column("by_name", Text, nullable=False),
    _moment("created_at"),
    Column("version", Integer, nullable=False, comment="the flag's that it made"),
    Column("undone_by_id", String(36)),
    Column("undone_by_name", Text),
    _moment("undone_at", nullable=True),
    Column("undone_version", Integer),
    Column("archived_key", ForeignKey("statements.key"), index=True, comment="the statement that it put on record"),
    Column("put_in", Boolean, nullable=False, comment="whether that statement was new to the archive"),
    Column("counter_example", Boolean, nullable=False),
    Column("text_hash", String(64), nullable=False, comment="of the checked text"),
    Column("batch_id", String(36), index=True, comment="of the decisions that were made in one gesture"),
    Index("ix_reviews_by_id_created_at", "by_id", "created_at"),
)

review_narratives = Table(
    "review_narratives",
    metadata,
    Column("review_key", ForeignKey("reviews.key", ondelete="CASCADE"), primary_key=True),
    Column("narrative_key", ForeignKey("narratives.key", ondelete="CASCADE"), primary_key=True, index=True),
    Column("linked", Boolean, nullable=False, comment="whether the archived statement was not under it before"),
)

dismissed_pairs = Table(
    "dismissed_pairs",
    metadata,
    Column("organisation_key", ForeignKey("organisations.key"), primary_key=True),
    Column("text_hash", String(64), primary_key=True),
    Column("statement_key", ForeignKey("statements.key", ondelete="CASCADE"), primary_key=True),
    Column("check_key", ForeignKey("checks.key", ondelete="CASCADE"), primary_key=True, index=True),
    _moment("dismissed_at"),
)
