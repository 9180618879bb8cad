"""All tables of the database. Import `metadata` from here wherever no table may be missing: backups, erasure,
migrations, tests."""

from app.store.access import account_tables, second_factor_tables
from app.store.audit import audit, erasures
from app.store.desk import flag_tables, view_message_tables
from app.store.documents import documents
from app.store.feeds import feed_tables
from app.store.glosses import glosses
from app.store.jobs import background_tables
from app.store.map import map_tables
from app.store.narratives import narrative_tables
from app.store.predictions import prediction_tables
from app.store.search import index_choices
from app.store.sources import source_tables
from app.store.speakers import speaker_tables
from app.store.statements import contribution_tables, import_tables
from app.store.suggestions import suggestion_tables
from app.store.tables import metadata

__all__ = ["MODULES", "metadata"]

MODULES = (
    account_tables,
    audit,
    background_tables,
    contribution_tables,
    documents,
    erasures,
    feed_tables,
    flag_tables,
    glosses,
    import_tables,
    index_choices,
    map_tables,
    narrative_tables,
    prediction_tables,
    second_factor_tables,
    source_tables,
    speaker_tables,
    suggestion_tables,
    view_message_tables,
)
"""Modules that declare tables, beside `app/store/tables.py`."""
