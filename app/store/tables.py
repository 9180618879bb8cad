"""The tables. Every change of them is a migration in `migrations/versions/`; a test compares the two."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers rows by itself only where the type is INTEGER.
_BigKey = BigInteger().with_variant(Integer, "sqlite")


def _key() -> Column[int]:
    return Column("key", _BigKey, Identity(), primary_key=True)


def _public_id() -> Column[str]:
    return Column("id", String(36), nullable=False, unique=True)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite forgets time zones, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


def _moment(name: str, *, nullable: bool = False) -> Column[datetime]:
    return Column(name, Moment(), nullable=nullable)


def _owner() -> Column[int]:
    return Column(
        "organisation_key", ForeignKey("organisations.key"), index=True, comment="whose alone it is; null: shared"
    )


def _contributor() -> Column[int]:
    return Column(
        "contributor_key",
        ForeignKey("organisations.key"),
        index=True,
        comment="who brought it; null: the operator, or not known",
    )


archive = Table(
    "archive",
    metadata,
    Column("key", Integer, primary_key=True, autoincrement=False),
    Column("id", String(36), nullable=False, comment="which archive this is: another one's index snapshot is no use"),
    Column("sequence", BigInteger, nullable=False, comment="rises with every change that a search must see"),
    CheckConstraint("key = 1", name="single"),
)

speakers = Table("speakers", metadata, _key(), Column("name", Text, nullable=False, unique=True))

sources = Table("sources", metadata, _key(), Column("name", Text, nullable=False, unique=True))

narratives = Table(
    "narratives",
    metadata,
    _key(),
    _public_id(),
    Column(
        "external_id",
        Text,
        unique=True,
        comment="of a private one: after its owner's key",
    ),
    Column("title", Text, nullable=False),
    Column("description", Text),
    Column("parent_key", ForeignKey("narratives.key"), index=True),
    _moment("created_at"),
    _owner(),
    _contributor(),
    Index("ix_narratives_title", "title"),
)

statements = Table(
    "statements",
    metadata,
    _key(),
    _public_id(),
    Column("identity", Text, nullable=False, unique=True),
    Column("external_id", Text),
    Column("title", Text),
    Column("text", Text, nullable=False),
    Column("language", String(35), nullable=False, index=True),
    Column("speaker_key", ForeignKey("speakers.key"), index=True),
    Column("said_at", String(40), comment="as it was given, with its precision"),
    Column("said_before", String(40), comment="where said_at is not known: the period by whose end it had been said"),
    Column("said_begins", BigInteger, index=True, comment="microseconds since 1970 UTC"),
    Column("said_ends", BigInteger, comment="the first microsecond after"),
    _moment("learned_at"),
    Column("source_key", ForeignKey("sources.key"), index=True),
    Column("url", Text),
    Column("archive_url", Text),
    Column("metadata", JSON, nullable=False),
    _moment("created_at"),
    _moment("updated_at"),
    _moment("withdrawn_at", nullable=True),
    Column("sequence", BigInteger, nullable=False, index=True, comment="the archive's at this row's last change"),
    _owner(),
    _contributor(),
    Index("ix_statements_withdrawn_at", "withdrawn_at"),
)

statement_revisions = Table(
    "statement_revisions",
    metadata,
    _key(),
    Column("statement_key", ForeignKey("statements.key", ondelete="CASCADE"), nullable=False, index=True),
    _moment("at"),
    Column("what", String(16), nullable=False),
    Column("by_id", String(36), comment="of the key; null: not known"),
    Column("by_name", Text),
    Column("before", JSON, nullable=False, comment="what changed, as it was before"),
    Column("searched", Boolean, nullable=False, comment="whether a search finds otherwise since"),
    Column("reason", Text),
    Index("ix_statement_revisions_searched_at", "searched", "at"),
)

former_readings = Table(
    "former_readings",
    metadata,
    Column("revision_key", ForeignKey("statement_revisions.key", ondelete="CASCADE"), primary_key=True),
    Column("fingerprint", String(64), primary_key=True),
    Column("vector", LargeBinary, nullable=False, comment="float32, little endian, of the text before"),
    Column("terms", Text, nullable=False),
)

sightings = Table(
    "sightings",
    metadata,
    _key(),
    Column("statement_key", ForeignKey("statements.key", ondelete="CASCADE"), nullable=False, index=True),
    Column("organisation_key", ForeignKey("organisations.key"), nullable=False),
    Column("source_key", ForeignKey("sources.key")),
    Column("url", Text),
    _moment("seen_at"),
)

statement_narratives = Table(
    "statement_narratives",
    metadata,
    Column("statement_key", ForeignKey("statements.key", ondelete="CASCADE"), primary_key=True),
    Column("narrative_key", ForeignKey("narratives.key", ondelete="CASCADE"), primary_key=True, index=True),
    _moment("learned_at"),
)

former_links = Table(
    "former_links",
    metadata,
    _key(),
    Column("statement_key", ForeignKey("statements.key", ondelete="CASCADE"), nullable=False, index=True),
    Column("narrative_key", ForeignKey("narratives.key", ondelete="CASCADE"), nullable=False, index=True),
    _moment("learned_at"),
    _moment("ended_at"),
)

findings = Table(
    "findings",
    metadata,
    _key(),
    _public_id(),
    Column("statement_key", ForeignKey("statements.key", ondelete="CASCADE"), index=True),
    Column("narrative_key", ForeignKey("narratives.key", ondelete="CASCADE"), index=True),
    Column("verdict", Text, nullable=False),
    Column("publisher", Text),
    Column("url", Text),
    Column("published_at", String(40)),
    Column("summary", Text),
    _moment("learned_at"),
    Column("outcome", String(16), comment="of what the statement predicted"),
    Column("outcome_url", Text),
    Column("removed_at", Moment(), comment="when it was taken back"),
    _contributor(),
    Column("added_by_id", String(36), comment="of the key or account"),
    Column("added_by_name", Text),
    Column("added_at", Moment(), comment="by our clock; null: not known"),
    CheckConstraint("(statement_key IS NULL) <> (narrative_key IS NULL)", name="about_one"),
)

vectors = Table(
    "vectors",
    metadata,
    Column("statement_key", ForeignKey("statements.key", ondelete="CASCADE"), primary_key=True),
    Column("fingerprint", String(64), primary_key=True),
    Column("vector", LargeBinary, nullable=False, comment="float32, little endian"),
    Column("terms", Text, nullable=False, server_default="", comment="of the same text, with blanks between"),
    Column("words", LargeBinary, comment="packed by index/alignment"),
    Column("words_version", String(16), comment="by which method they were read; null: not yet"),
    Column("stance", String(16), comment="of the statement's text: assertion, report, denial or question"),
    Column("stance_cues", JSON(none_as_null=True), comment="spans of its cues in the text, in code points"),
    Column("stance_version", String(32), comment="of the classification; null: not yet classified"),
    Column("pair_states", LargeBinary, comment="token states for scoring pairs, packed by index/pairs"),
    Column("pair_states_version", String(16), comment="by which method they were made; null: not yet"),
)

organisations = Table(
    "organisations",
    metadata,
    _key(),
    _public_id(),
    Column("name", Text, nullable=False, unique=True),
    _moment("created_at"),
    Column("operator", Boolean, nullable=False, server_default=false(), comment="whether its admin keys make others"),
    Column("limit_per_hour", Integer, comment="of all its keys together; null: the default"),
    Column("check_retention_days", Integer, comment="days that its checks are kept, 0: for ever; null: the default"),
    _moment("closed_at", nullable=True),
)

api_keys = Table(
    "api_keys",
    metadata,
    _key(),
    _public_id(),
    Column("organisation_key", ForeignKey("organisations.key"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("hint", String(16), nullable=False),
    Column("hash", String(64), nullable=False, unique=True, comment="SHA-256 of the key, which is random"),
    Column("scopes", JSON, nullable=False),
    _moment("created_at"),
    _moment("expires_at", nullable=True),
    _moment("revoked_at", nullable=True),
    _moment("last_used_at", nullable=True),
    Column("limit_per_hour", Integer, comment="null: the default"),
    Column("previous_hash", String(64), comment="of the secret before the last rotation"),
    _moment("previous_until", nullable=True),
    Index("uq_api_keys_previous_hash", "previous_hash", unique=True),
)

rate_windows = Table(
    "rate_windows",
    metadata,
    Column("subject", String(80), primary_key=True, comment="key:ID or organisation:ID"),
    Column("began", BigInteger, nullable=False, comment="microseconds since 1970 UTC"),
    Column("used", BigInteger, nullable=False),
    Column("quota", BigInteger, nullable=False),
)

answered_requests = Table(
    "answered_requests",
    metadata,
    Column("organisation_key", ForeignKey("organisations.key"), primary_key=True),
    Column("idempotency_key", String(200), primary_key=True),
    Column("request_hash", String(64), nullable=False),
    Column("claim", String(36), nullable=False, comment="who answers it"),
    _moment("claimed_until"),
    _moment("expires_at"),
    Column("status", Integer, comment="null: it is being answered"),
    Column("media_type", String(100)),
    Column("body", LargeBinary, comment="null: it held a secret, which is not kept"),
    Column("language", String(35), comment="that its sentences are in"),
    Index("ix_answered_requests_expires_at", "expires_at"),
)

checks = Table(
    "checks",
    metadata,
    _key(),
    _public_id(),
    Column("organisation_key", ForeignKey("organisations.key"), nullable=False),
    _moment("created_at"),
    Column("flagged", Boolean, nullable=False),
    Column("idempotency_key", String(255)),
    Column("request_hash", String(64)),
    Column("answer", Text, nullable=False, comment="JSON: the answer as it was given"),
    UniqueConstraint("organisation_key", "idempotency_key"),
    Index("ix_checks_history", "organisation_key", "key"),
)

matches = Table(
    "matches",
    metadata,
    _key(),
    _public_id(),
    Column("check_key", ForeignKey("checks.key", ondelete="CASCADE"), nullable=False, index=True),
    Column("statement_key", ForeignKey("statements.key"), nullable=False, index=True),
    Column("rank", Integer, nullable=False),
    Column("tier", String(16)),
    Column("score", Double, nullable=False),
    Column("found_by_hand", Text, comment="JSON: a match that an analyst found, which the check's answer has not"),
)

counter_examples = Table(
    "counter_examples",
    metadata,
    _key(),
    _public_id(),
    Column("narrative_key", ForeignKey("narratives.key", ondelete="CASCADE"), nullable=False),
    Column("text", Text, nullable=False),
    Column("text_hash", String(64), nullable=False),
    Column("language", String(35), nullable=False),
    Column("by_review", Boolean, nullable=False, comment="it goes when the review that made it is taken back"),
    _moment("created_at"),
    _moment("withdrawn_at", nullable=True),
    Column("sequence", BigInteger, nullable=False, index=True, comment="the archive's at this row's last change"),
    _contributor(),
    Column("added_by_id", String(36), comment="of the key or account"),
    Column("added_by_name", Text),
    Column("shared_at", Moment(), comment="since when it counts in the checks of every organisation"),
    UniqueConstraint("narrative_key", "text_hash", "contributor_key"),
)

counter_example_vectors = Table(
    "counter_example_vectors",
    metadata,
    Column("counter_example_key", ForeignKey("counter_examples.key", ondelete="CASCADE"), primary_key=True),
    Column("fingerprint", String(64), primary_key=True),
    Column("vector", LargeBinary, nullable=False, comment="float32, little endian"),
)
