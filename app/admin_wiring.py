"""Settings to the use cases of administration: the database alone, no model and no index, hence a quick start."""

from datetime import UTC, datetime

from app.services.access.manage_accounts import ManageAccounts
from app.services.access.manage_keys import ManageKeys
from app.services.access.manage_organisations import ManageOrganisations
from app.services.access.withdraw_contributions import WithdrawContributions
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


def open_withdrawals(settings: Settings) -> WithdrawContributions:
    """Builds the withdrawal of contributions alone, for the command line."""
    return WithdrawContributions(open_store(settings), now)


def open_accounts(settings: Settings) -> ManageAccounts:
    """Builds account management alone, for the command line."""
    return ManageAccounts(open_store(settings), Argon2Passwords(), now)
