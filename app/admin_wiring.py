"""Settings to the use cases of administration: the database alone, no model and no index, hence a quick start."""

from datetime import UTC, datetime

from app.services.access.manage_accounts import ManageAccounts
from app.services.access.manage_keys import ManageKeys
from app.services.access.manage_organisations import ManageOrganisations
from app.services.access.second_factor import ResetSecondFactor
from app.services.audit.browse_audit import BrowseAudit
from app.services.audit.erase import Erase
from app.settings import Settings
from app.store.access.password_hashing import Argon2Passwords
from app.store.database import open_migrated
from app.store.transaction import SqlStore


def now() -> datetime:
    """The time in UTC."""
    return datetime.now(UTC)


def open_store(settings: Settings) -> SqlStore:
    """The database with its schema up to date, without anybody to signal. Raises `DatabaseUnusable`."""
    return SqlStore(open_migrated(settings.resolved_database_url))


def open_keys(settings: Settings) -> ManageKeys:
    """Builds key management alone, for the command line: no model, no index."""
    return ManageKeys(open_store(settings), now)


def open_organisations(settings: Settings) -> ManageOrganisations:
    """Builds organisation management alone, for the command line."""
    return ManageOrganisations(open_store(settings), now)


def open_accounts(settings: Settings) -> ManageAccounts:
    """Builds account management alone, for the command line."""
    return ManageAccounts(open_store(settings), Argon2Passwords(), now)


def open_audit(settings: Settings) -> BrowseAudit:
    """Builds the reading of the audit log alone, for the command line."""
    return BrowseAudit(open_store(settings))


def open_erase(settings: Settings) -> Erase:
    """Builds erasure alone, for the command line: the snapshots of the index are deleted, and made anew by a start."""

    def forget_texts() -> None:
        for path in (settings.snapshot_path, settings.snapshot_path.with_suffix(".terms")):
            path.unlink(missing_ok=True)

    return Erase(open_store(settings), now, forget_texts)


def open_second_factor_reset(settings: Settings) -> ResetSecondFactor:
    """Builds the removal of lost second factors alone, for the command line."""
    return ResetSecondFactor(open_store(settings), now)
