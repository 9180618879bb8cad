"""The tables of jobs, events and webhooks, under the rules of `app/store/tables.py`."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text, false

from app.store.tables import _key, _moment, _public_id, metadata

jobs = Table(
    "jobs",
    metadata,
    _key(),
    _public_id(),
    Column("organisation_key", ForeignKey("organisations.key"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("name", Text),
    Column("private", Boolean, nullable=False, comment="its statements are seen by its organisation alone"),
    Column("lines", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("counts", JSON, nullable=False),
    Column("dry_run", Boolean, nullable=False, server_default=false(), comment="it is read, and nothing is recorded"),
    Column("report", JSON, comment="of an import: what was understood of its file, and what was left out"),
    Column("failures", Integer, nullable=False, comment="of the part in hand, one after another"),
    Column("error", Text),
    _moment("created_at"),
    _moment("started_at", nullable=True),
    _moment("finished_at", nullable=True),
    _moment("expires_at", nullable=True),
    _moment("held_until", nullable=True),
    Index("ix_jobs_of_organisation", "organisation_key", "kind", "key"),
)

job_parts = Table(
    "job_parts",
    metadata,
    Column("job_key", ForeignKey("jobs.key", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("first_line", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False, comment="lines; the row goes with the commit of what they say"),
)

job_lines = Table(
    "job_lines",
    metadata,
    Column("job_key", ForeignKey("jobs.key", ondelete="CASCADE"), primary_key=True),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("answer", Text, comment="JSON: the check as it was answered"),
    Column("problem", Text, comment="why the line was rejected"),
)

webhooks = Table(
    "webhooks",
    metadata,
    _key(),
    _public_id(),
    Column("organisation_key", ForeignKey("organisations.key"), nullable=False, index=True),
    Column("url", Text, nullable=False),
    Column("events", JSON, nullable=False),
    Column("description", Text),
    Column("format", String(16), nullable=False, server_default="cloudevents"),
    Column("language", String(35), comment="of chat messages; null: the default one"),
    Column("narratives", JSON(none_as_null=True), comment="ids: of narratives only their events; null: of all"),
    Column("disabled_reason", Text),
    Column("secret", Text, nullable=False, comment="signs deliveries, so it cannot be a hash"),
    Column("previous_secret", Text),
    _moment("previous_until", nullable=True),
    Column("failures", Integer, nullable=False, comment="attempts that failed since the last that succeeded"),
    _moment("created_at"),
    _moment("updated_at"),
    _moment("held_until", nullable=True),
)

events = Table(
    "events",
    metadata,
    _key(),
    _public_id(),
    Column("type", String(64), nullable=False),
    Column("subject", Text, nullable=False),
    _moment("time"),
    Column("data", JSON, nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    _key(),
    _public_id(),
    Column("webhook_key", ForeignKey("webhooks.key", ondelete="CASCADE"), nullable=False),
    Column("event_key", ForeignKey("events.key"), nullable=False, index=True),
    Column("state", String(16), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("attempts", JSON, nullable=False),
    _moment("due_at", nullable=True),
    _moment("created_at"),
    Index("ix_deliveries_log", "webhook_key", "key"),
    Index("ix_deliveries_due", "state", "due_at"),
)
