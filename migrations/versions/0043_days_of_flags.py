"""The day on which a check was flagged, to filter by, and the number of flags of each day and state.

Runs beside the previous release: the column may be empty, and counters of a facet that it does not know are passed by.
What that release flags meanwhile has no day; `refrain verify --repair` counts the rest again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

_FLAGS = sa.table("flags", *map(sa.column, ("check_key", "organisation_key", "state", "flagged_on")))
_CHECKS = sa.table("checks", sa.column("key"), sa.column("created_at"))
_FACETS = sa.table("flag_facets", *map(sa.column, ("organisation_key", "state", "facet", "value", "label", "count")))
_INDEX = "ix_flags_organisation_key_flagged_on_check_key"


def upgrade() -> None:
    comment = "day of the check in UTC; null: flagged by a release before"
    op.add_column("flags", sa.Column("flagged_on", sa.String(10), nullable=True, comment=comment))
    checked_at = _CHECKS.c.created_at
    day = sa.func.substr(sa.cast(checked_at, sa.Text()), 1, 10)
    if op.get_bind().dialect.name == "postgresql":
        day = sa.func.to_char(sa.func.timezone("UTC", checked_at), "YYYY-MM-DD")
    of_check = sa.select(day).where(_CHECKS.c.key == _FLAGS.c.check_key).scalar_subquery()
    op.execute(sa.update(_FLAGS).values(flagged_on=of_check))
    op.create_index(_INDEX, "flags", ["organisation_key", "flagged_on", "check_key"])
    flag = _FLAGS.c
    for state, grouped in ((flag.state, (flag.state,)), (sa.literal("any"), ())):
        counted = (
            sa.select(flag.organisation_key, state, sa.literal("flagged_on"), flag.flagged_on, flag.flagged_on)
            .add_columns(sa.func.count())
            .where(flag.state.is_not(None), flag.flagged_on.is_not(None))
            .group_by(flag.organisation_key, flag.flagged_on, *grouped)
        )
        op.execute(sa.insert(_FACETS).from_select(list(_FACETS.c.keys()), counted))


def downgrade() -> None:
    op.execute("DELETE FROM flag_facets WHERE facet = 'flagged_on'")
    op.drop_index(_INDEX, "flags")
    op.drop_column("flags", "flagged_on")
