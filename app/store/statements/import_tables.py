"""The tables of what each import brought, under the rules of `app/store/tables.py`."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Table, Text

from app.store.tables import _key, _moment, _public_id, metadata

imports = Table(
    "imports",
    metadata,
    _key(),
    _public_id(),
    Column("organisation_key", ForeignKey("organisations.key"), index=True, comment="null: the command line"),
    Column("name", Text),
    _moment("created_at"),
    _moment("finished_at", nullable=True),
    Column("counts", JSON, nullable=False),
    _moment("undone_at", nullable=True),
)

import_statements = Table(
    "import_statements",
    metadata,
    Column("import_key", ForeignKey("imports.key", ondelete="CASCADE"), primary_key=True),
    Column("statement_key", ForeignKey("statements.key", ondelete="CASCADE"), primary_key=True, index=True),
    Column("added", Boolean, nullable=False, comment="false: it was there, and the import brought it too"),
)

import_findings = Table(
    "import_findings",
    metadata,
    Column("import_key", ForeignKey("imports.key", ondelete="CASCADE"), primary_key=True),
    Column("finding_key", ForeignKey("findings.key", ondelete="CASCADE"), primary_key=True, index=True),
)
